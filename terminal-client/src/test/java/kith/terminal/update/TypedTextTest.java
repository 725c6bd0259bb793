package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.terminal.model.Draft;
import kith.terminal.model.Editor;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// No key deletes a typed text.
class TypedTextTest {
  private final Story ann = Story.atHome(70, 20);

  private String text() {
    return ann.model().editor().text();
  }

  private void says(String text) {
    ann.types(text);
    ann.presses("Enter");
  }

  @Test
  void theArrowsComeBackToATextThatWasNotSent() {
    says("one");
    says("two");
    ann.types("unsent");

    ann.presses("ArrowUp");
    assertThat(text()).isEqualTo("two");
    ann.presses("ArrowUp", "ArrowUp", "ArrowUp");
    assertThat(text()).isEqualTo("one");
    ann.presses("ArrowDown", "ArrowDown");
    assertThat(text()).isEqualTo("unsent");
    ann.presses("ArrowDown");
    assertThat(text()).isEmpty();
    ann.presses("ArrowUp");
    assertThat(text()).isEqualTo("unsent");
  }

  @Test
  void theArrowsComeBackToARecalledTextThatWasChanged() {
    says("one");
    says("two");

    ann.presses("ArrowUp", "Backspace");
    assertThat(text()).isEqualTo("tw");
    ann.presses("ArrowUp", "ArrowDown");

    assertThat(text()).isEqualTo("tw");
  }

  @Test
  void escapeDropsACommandThatWaitsForItsLastArgument() {
    ann.types("/mute bob 10m ");
    ann.presses("Escape", "Escape");
    assertThat(text()).isEmpty();

    ann.presses("ArrowUp");
    assertThat(text()).isEqualTo("/mute bob 10m ");
    ann.types("spam");
    ann.presses("Escape");
    assertThat(text()).isEqualTo("/mute bob 10m spam");
  }

  @Test
  void theArrowDownKeepsATypedText() {
    says("one");
    ann.types("unsent");

    ann.presses("ArrowDown");

    assertThat(text()).isEqualTo("unsent");
  }

  @Test
  void theArrowUpRecallsTheLatestTextEvenIfItWasSentBefore() {
    says("yes");
    says("no");
    says("yes");

    ann.presses("ArrowUp");

    assertThat(text()).isEqualTo("yes");
    ann.presses("Ctrl-c", "ArrowUp", "ArrowUp");
    assertThat(text()).isEqualTo("no");
  }

  @Test
  void theArrowsDoNotPutAnotherTextIntoAnEditedMessage() {
    ann.arrives("r1", message(2, "ann", "helo"));
    says("one");
    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("e");

    ann.presses("ArrowUp");

    assertThat(ann.model().editor()).isEqualTo(Editor.of("helo", new Editor.Edit(2)));
  }

  @Test
  void aTextIsNotSentToAnotherRoomAfterAKick() {
    ann.types("the code of the door");

    ann.happens(
        new Input.Net(
            new SessionEvent.RoomClosed("r1", Code.NOT_A_MEMBER.wire(), "You are no member.")));
    ann.types(" is 1234");
    ann.presses("Enter");

    assertThat(ann.model().current()).hasValue("r1");
    assertThat(ann.commands()).noneMatch(SessionCommand.Post.class::isInstance);
    assertThat(ann.model().notice().lines()).containsExactly("garden: you are no longer a member.");
    assertThat(text()).isEqualTo("the code of the door is 1234");
  }

  @Test
  void aTextIsKeptWhenItsRoomEnds() {
    ann.types("a long answer");
    ann.happens(
        new Input.Net(
            new SessionEvent.RoomClosed("r1", Code.NOT_A_MEMBER.wire(), "You are no member.")));

    ann.presses("Alt-2");
    assertThat(ann.model().room("r1")).isEmpty();
    assertThat(text()).isEmpty();
    ann.presses("ArrowUp");

    assertThat(text()).isEqualTo("a long answer");
  }

  @Test
  void textTypedIntoTheStartListReachesTheEditor() {
    var dan = new Story(70, 20);
    dan.online();
    dan.listed();
    dan.happens(
        new Input.Listed(Kind.START, "", List.of(new Item(Pickers.CREATE, "create a room", ""))));

    dan.types("hello everybody");
    dan.presses("Escape");

    assertThat(dan.model().overlay()).isInstanceOf(Overlay.None.class);
    assertThat(dan.model().editor().text()).isEqualTo("hello everybody");
  }

  @Test
  void aCommandInAReplyIsNoMessage() {
    ann.arrives("r1", message(2, "bob", "tea?"));
    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("r");

    says("/theme light");

    assertThat(ann.model().settings().theme()).isEqualTo("light");
    assertThat(ann.commands()).noneMatch(SessionCommand.Post.class::isInstance);
  }

  @Test
  void aReplyMayBeginWithASlashThatIsTypedTwice() {
    ann.arrives("r1", message(2, "bob", "tea?"));
    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("r");

    says("//etc");

    var sent = (ClientFrame.Send) ann.latestCommand(SessionCommand.Post.class).post();
    assertThat(sent.body()).isEqualTo("/etc");
    assertThat(sent.replyTo()).hasValue(2);
  }

  @Test
  void aCommandOfThePaletteDoesNotReplaceAnEditedMessage() {
    ann.arrives("r1", message(2, "ann", "helo"));
    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("e");

    ann.presses("Ctrl-k");
    ann.types("/topic");
    ann.presses("Enter");

    assertThat(ann.model().editor()).isEqualTo(Editor.of("/topic ", new Editor.Say()));
  }

  @Test
  void completionNeverSplitsASurrogatePair() {
    ann.isIn("r3", "🌱one", 1, 1, 0);
    ann.isIn("r4", "🌲two", 1, 1, 0);
    ann.listed();

    ann.types("/switch ");
    ann.presses("Tab");

    assertThat(text()).isEqualTo("/switch ");
    assertThat(Completion.common("🌱one", "🌲two")).isEmpty();
  }

  @Test
  void helpOnACommandShowsIt() {
    says("/help join");

    assertThat(String.join("\n", ann.screen())).contains("join a room");
    assertThat(text()).isEmpty();
  }

  @Test
  void aRoomIsChosenByItsNumberToo() {
    says("/switch 2");

    assertThat(ann.model().current()).hasValue("r2");
  }

  @Test
  void theDraftOfAMessageThatWaitsInTheOutboxIsNotOfferedAgain() {
    var dan = new Story(70, 20);
    dan.happens(
        new Input.LoggedIn(
            "ann",
            "example.org",
            List.of(new ClientFrame.Send("p1", "r1", "hello bob", OptionalLong.empty())),
            List.of(),
            List.of()));

    dan.happens(
        new Input.DraftsLoaded(
            List.of(
                new Draft("r1", "hello b", OptionalLong.empty(), OptionalLong.empty()),
                new Draft("r2", "hello", OptionalLong.empty(), OptionalLong.empty()))));

    assertThat(dan.model().room("r1").orElseThrow().draft().text()).isEmpty();
    assertThat(dan.model().room("r2").orElseThrow().draft().text()).isEqualTo("hello");
    assertThat(dan.latest(Request.KeepDraft.class).draft().text()).isEmpty();
  }

  @Test
  void aCopiedLineIsSentWithoutItsLineBreak() {
    ann.happens(new Input.Pasted("  indented\n"));
    ann.presses("Enter");

    var sent = (ClientFrame.Send) ann.latestCommand(SessionCommand.Post.class).post();
    assertThat(sent.body()).isEqualTo("  indented");
  }

  @Test
  void aMessageStaysTheDraftUntilItIsInTheOutboxOnDisk() {
    says("tea at four");
    var post = ann.latestCommand(SessionCommand.Post.class).post();
    assertThat(ann.latest(Request.KeepDraft.class).draft().text()).isEqualTo("tea at four");

    ann.happens(new Input.Net(new SessionEvent.Kept(post)));

    assertThat(ann.latest(Request.KeepDraft.class).draft().text()).isEmpty();
  }
}
