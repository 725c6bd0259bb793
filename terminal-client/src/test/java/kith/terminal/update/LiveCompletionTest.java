package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kith.protocol.Role;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.model.Overlay;
import kith.terminal.net.SessionCommand;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The choices that appear while the user types.
class LiveCompletionTest {
  private final Story ann = Story.atHome(80, 24);

  private String screen() {
    return String.join("\n", ann.screen());
  }

  private String text() {
    return ann.model().editor().text();
  }

  @Test
  void typingNarrowsTheCommandList() {
    ann.types("/inv");
    assertThat(screen()).contains("/invite [USES", "/invitations  list");

    ann.types("itat");
    assertThat(screen()).contains("/invitations  list").doesNotContain("/invite [USES");
    ann.presses("Backspace", "Backspace", "Backspace");
    assertThat(screen()).contains("/invite [USES");
  }

  @Test
  void arrowsSelectAndEnterAccepts() {
    ann.types("/inv");

    ann.presses("ArrowDown", "ArrowDown");
    assertThat(text()).isEqualTo("/invitations ");
    ann.presses("Enter");

    assertThat(text()).isEqualTo("/invitations ");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
    ann.presses("Enter");
    assertThat(text()).isEmpty();
  }

  @Test
  void enterSendsIfNothingWasChosen() {
    ann.types("hello :smile");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.Completions.class);

    ann.presses("Enter");

    assertThat(ann.latestCommand(SessionCommand.Post.class).post().room()).isEqualTo("r1");
    assertThat(text()).isEmpty();
  }

  @Test
  void membersAndRoomsAppear() {
    var now = Story.noon();
    ann.happens(
        new Input.Members(
            "r1",
            List.of(new Member("ann", Role.OWNER, now), new Member("bob", Role.MEMBER, now))));
    ann.types("ask @");
    assertThat(screen()).contains("\n@bob");
    ann.types("bo");
    ann.presses("ArrowDown", "Enter");
    assertThat(text()).isEqualTo("ask @bob ");

    ann.types("in #lo");
    ann.presses("Tab");
    assertThat(text()).isEqualTo("ask @bob in #lobby ");
  }

  @Test
  void aSmileyOrAPathIsNotCompleted() {
    ann.types("fine :)");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
    ann.types(" see a/b");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
  }

  @Test
  void escapeClosesTheList() {
    ann.types("/in");
    ann.presses("Escape");

    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
    assertThat(text()).isEqualTo("/in");
  }

  @Test
  void tabInsertsTheNextWordOfTheListThatIsShown() {
    ann.types("/inv");

    ann.presses("Tab");
    assertThat(text()).isEqualTo("/invite ");
    ann.presses("Tab");
    assertThat(text()).isEqualTo("/invitations ");
    ann.presses("Escape");

    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
  }
}
