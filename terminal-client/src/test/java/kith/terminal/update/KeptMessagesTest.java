package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.protocol.Role;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Pins and bookmarks: their commands, keys and lists.
class KeptMessagesTest {
  private final Story ann = Story.atHome(80, 24);

  KeptMessagesTest() {
    ann.arrives("r1", message(2, "bob", "hello"), message(3, "bob", "tea at four"));
  }

  private void submits(String line) {
    ann.happens(new Input.Typed(line));
    ann.presses("Enter");
  }

  private ClientFrame.Pin posted() {
    return (ClientFrame.Pin) ann.latestCommand(SessionCommand.Post.class).post();
  }

  private void arrives(Entry.Pinned pinned) {
    ann.arrives("r1", pinned);
  }

  private static Entry.Pinned pinned(long seq, String by, long target, boolean removed) {
    return new Entry.Pinned(
        seq, Story.noon(), by, "e" + seq, target, removed ? Optional.of(true) : Optional.empty());
  }

  private String screen() {
    return String.join("\n", ann.screen());
  }

  @Test
  void aPinIsShownAtTheMessageAndAsALine() {
    arrives(pinned(4, "bob", 3, false));
    assertThat(screen()).contains("tea at four (pinned)", "bob pinned #3");

    arrives(pinned(5, "bob", 3, true));
    assertThat(screen()).contains("bob unpinned #3").doesNotContain("(pinned)");
  }

  @Test
  void theKeyPinsTheSelectedMessageAndUnpinsIt() {
    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("P");
    assertThat(posted()).isEqualTo(new ClientFrame.Pin(posted().id(), "r1", 3, Optional.empty()));
    arrives(pinned(4, "ann", 3, false));

    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("P");
    assertThat(posted().remove()).contains(true);
  }

  @Test
  void theCommandsNameTheMessage() {
    submits("/pin 2");
    assertThat(posted().target()).isEqualTo(2);
    assertThat(posted().remove()).isEmpty();

    submits("/unpin #2");
    assertThat(posted().target()).isEqualTo(2);
    assertThat(posted().remove()).contains(true);
  }

  @Test
  void theListGoesToTheChosenMessage() {
    submits("/pins");
    assertThat(ann.latest(Request.Items.class)).isEqualTo(new Request.Items(Kind.PINS, "r1"));
    ann.happens(
        new Input.Listed(
            Kind.PINS,
            "r1",
            List.of(new Item("3", "bob: tea at four", "12:00"), new Item("2", "bob: hello", ""))));
    assertThat(screen()).contains("Pinned in this room", "Enter goes to the message");

    ann.types("hello");
    ann.presses("Enter");

    assertThat(ann.model().room("r1").orElseThrow().reading().selected()).hasValue(2);
  }

  @Test
  void aMessageKeepsItsPinWhenItIsEdited() {
    arrives(pinned(4, "bob", 3, false));
    ann.arrives(
        "r1", new Entry.Edited(5, Story.noon(), "bob", "e5", 3, Optional.of("tea at five")));
    assertThat(screen()).contains("tea at five (edited) (pinned)");

    ann.arrives("r1", new Entry.Redacted(6, Story.noon(), "bob", "e6", 3, Optional.empty()));
    assertThat(screen()).doesNotContain("(pinned)");
  }

  @Test
  void theKeyBookmarksTheSelectedMessage() {
    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("b");

    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(new Request.Run(new InputLine.Bookmark(3, true, Optional.empty()), "r1"));
  }

  @Test
  void aBookmarkHasItsOwnNote() {
    submits("/bookmark #2 bring cake");
    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Bookmark(2, true, Optional.of("bring cake")));

    submits("/unbookmark 2");
    assertThat(ann.latest(Request.Run.class).line())
        .isEqualTo(new InputLine.Bookmark(2, false, Optional.empty()));
  }

  @Test
  void theListOfBookmarksGoesToTheRoomOfTheMessage() {
    listsBookmarks();
    ann.presses("ArrowDown", "Enter");

    assertThat(ann.model().current()).contains("r1");
    assertThat(ann.model().room("r1").orElseThrow().reading().selected()).hasValue(2);
  }

  @Test
  void aBookmarkOfARoomThatTheUserHasLeftGoesNowhere() {
    listsBookmarks();
    ann.presses("Enter");

    assertThat(screen()).contains("You are no longer in this room.");
  }

  @Test
  void deleteRemovesABookmarkAfterAQuestion() {
    listsBookmarks();
    ann.presses("ArrowDown", "Delete");
    assertThat(screen()).contains("Remove this bookmark?", "bob: hello");
    assertThat(ann.requests()).noneMatch(Request.Run.class::isInstance);
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(new Request.Run(new InputLine.Bookmark(2, false, Optional.empty()), "r1"));
    assertThat(ann.requests().getLast()).as("the list again").isInstanceOf(Request.Items.class);
  }

  private void listsBookmarks() {
    submits("/bookmarks");
    assertThat(ann.latest(Request.Items.class)).isEqualTo(new Request.Items(Kind.BOOKMARKS, ""));
    ann.happens(
        new Input.Listed(
            Kind.BOOKMARKS,
            "",
            List.of(
                Pickers.message("gone", 9, "(no longer readable)", "gone"),
                Pickers.message("r1", 2, "bob: hello  (bring cake)", "lobby"))));
    assertThat(screen()).contains("Your bookmarks", "bring cake", "Delete removes");
  }

  private void isMember(Role role) {
    ann.happens(
        new Input.Members(
            "r1",
            List.of(
                new Member("ann", role, Story.noon()),
                new Member("bob", Role.OWNER, Story.noon()))));
  }

  @Test
  void theMenuOffersOnlyPermittedActions() {
    isMember(Role.MEMBER);
    ann.presses("Alt-ArrowUp", "Enter");
    assertThat(screen()).contains("r reply").doesNotContain("P pin", "x remove", "e edit");
    ann.types("P");
    assertThat(screen()).contains("Only moderators and owners pin messages");
    assertThat(ann.commands()).noneMatch(SessionCommand.Post.class::isInstance);

    isMember(Role.MODERATOR);
    ann.presses("Escape", "Escape", "Alt-ArrowUp", "Enter");
    assertThat(screen()).contains("P pin", "x remove");
  }

  @Test
  void aRefusedPinIsANoticeAndNotARow() {
    submits("/pin 2");
    ann.happens(new Input.Net(new SessionEvent.Failed(posted(), "not-allowed", "Not allowed.")));

    assertThat(screen()).contains("Not pinned: Not allowed.").doesNotContain("not sent", "✗");
    assertThat(ann.latestCommand(SessionCommand.Forget.class).post()).isEqualTo(posted());
  }
}
