package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.protocol.Role;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The palette behind Ctrl-K.
class CommandPaletteTest {
  private final Story ann = Story.atHome(80, 24);

  private String row(int index) {
    return ann.screen().get(3 + index);
  }

  @Test
  void roomsShowTheirNumbersAndCommandsTheirKeys() {
    ann.presses("Ctrl-k");
    assertThat(row(1)).contains("lobby").endsWith("Alt-2 │");

    ann.types("/mute");

    assertThat(row(0)).contains("/mute").endsWith("F5 │");
  }

  @Test
  void frequentChoicesComeFirst() {
    ann.presses("Alt-2", "Alt-1", "Alt-2", "Alt-1", "Alt-2", "Alt-1");
    ann.presses("Alt-2", "Alt-1");
    ann.presses("Alt-2");

    ann.presses("Ctrl-k");

    assertThat(row(0)).contains("lobby");
    assertThat(ann.latest(Request.SavePreferences.class).preferences().visits().orElseThrow())
        .extracting(visit -> visit.id())
        .containsExactly("room r2", "room r1");
  }

  @Test
  void aPublicRoomIsJoined() {
    ann.presses("Ctrl-k");
    assertThat(ann.latest(Request.Items.class).kind()).isEqualTo(Kind.ROOMS);
    ann.happens(
        new Input.Listed(
            Kind.ROOMS,
            "",
            List.of(new Item("r2", "lobby", ""), new Item("r7", "tea", "3 members"))));

    ann.types("tea");
    assertThat(row(0)).contains("tea", "not joined, 3 members");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Join("r7", Optional.empty()));
    ann.presses("Ctrl-k");
    ann.types("lobby");
    assertThat(row(0)).as("a room of ann's is listed once").doesNotContain("not joined");
  }

  @Test
  void aMemberIsWrittenTo() {
    var now = Story.noon();
    ann.happens(
        new Input.Members(
            "r1",
            List.of(new Member("ann", Role.OWNER, now), new Member("bob", Role.MEMBER, now))));
    ann.presses("Ctrl-k");

    ann.types("@bob");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Message("bob", Optional.empty()));
  }

  @Test
  void aCommandWithoutArgumentsRunsAtOnce() {
    ann.types("half a sentence");
    ann.presses("Ctrl-k");
    ann.types("/devices");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Items.class).kind()).isEqualTo(Kind.DEVICES);
    assertThat(ann.model().editor().text()).isEqualTo("half a sentence");
  }

  @Test
  void aCommandWithArgumentsIsBegun() {
    ann.presses("Ctrl-k");
    ann.types("/topic");
    ann.presses("Enter");

    assertThat(ann.model().editor().text()).isEqualTo("/topic ");
  }

  @Test
  void anActionRuns() {
    ann.presses("Ctrl-k");
    ann.types("redraw the screen");
    ann.presses("Enter");

    assertThat(ann.requests().getLast()).isInstanceOf(Request.SavePreferences.class);
    assertThat(ann.requests()).anyMatch(Request.Redraw.class::isInstance);
  }
}
