package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// `/react` and its key.
class ReactTest {

  private static Story withMessages() {
    var ann = Story.atHome(80, 24);
    ann.arrives("r1", message(2, "bob", "hello"), message(3, "bob", "tea?"));
    ann.arrives("r1", message(4, "ann", "yes"));
    return ann;
  }

  private static void submits(Story ann, String line) {
    ann.happens(new Input.Typed(line));
    ann.presses("Enter");
  }

  private static ClientFrame.React posted(Story ann) {
    return (ClientFrame.React) ann.latestCommand(SessionCommand.Post.class).post();
  }

  @Test
  void reactTogglesAtTheLatestMessageOfAnother() {
    var ann = withMessages();

    submits(ann, "/react 👍");
    var first = posted(ann);
    assertThat(first).isEqualTo(new ClientFrame.React(first.id(), "r1", 3, "👍", Optional.empty()));
    ann.arrives(
        "r1", new Entry.Reacted(5, Story.noon(), "ann", first.id(), 3, "👍", Optional.empty()));
    assertThat(ann.model().room("r1").orElseThrow().ownPosts()).isEmpty();

    submits(ann, "/react 👍");
    assertThat(posted(ann).remove()).contains(true);
  }

  @Test
  void theKeyReactsToTheSelectedMessage() {
    var ann = withMessages();

    ann.presses("Alt-ArrowUp", "Alt-ArrowUp", "Alt-ArrowUp", "Enter");
    ann.types("+");
    assertThat(ann.model().editor().text()).isEqualTo("/react 2 ");
    submits(ann, "🎉");

    assertThat(posted(ann).target()).isEqualTo(2);
    assertThat(posted(ann).emoji()).isEqualTo("🎉");
  }

  @Test
  void aReactionIsNotUnreadAndCausesNoNotification() {
    var ann = withMessages();
    var before = ann.model().room("r2").orElseThrow().reading().unread();

    ann.arrives("r2", new Entry.Reacted(2, Story.noon(), "bob", "e2", 1, "👍", Optional.empty()));

    assertThat(ann.model().room("r2").orElseThrow().reading().unread()).isEqualTo(before);
    assertThat(ann.requests()).noneMatch(Request.Notify.class::isInstance);
  }

  @Test
  void aRefusedReactionShowsTheReason() {
    var ann = withMessages();

    submits(ann, "/react 👍");
    ann.happens(
        new Input.Net(
            new SessionEvent.Failed(
                posted(ann), "too-many-reactions", "This message has too many reactions.")));

    assertThat(String.join("\n", ann.screen()))
        .contains("No reaction: This message has too many")
        .doesNotContain("✗");
  }
}
