package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.config.ClientConf;
import kith.terminal.model.Editor;
import kith.terminal.net.SessionCommand;
import kith.terminal.view.Story;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The arrow up edits own messages, as in Slack.
class OwnEditsTest {
  @TempDir Path directory;
  private Story ann = Story.atHome(80, 20);

  @BeforeEach
  void annEditsWithTheArrowUp() throws IOException {
    var file = Files.writeString(directory.resolve("client.conf"), "arrow-up = edit");
    ann = Story.atHome(80, 20, ClientConf.read(file, Optional.of(file)));
    ann.arrives(
        "r1",
        message(2, "ann", "one"),
        message(3, "bob", "hi"),
        message(4, "ann", "two"),
        message(5, "ann", "gone"),
        message(6, "bob", "ok"));
    ann.arrives("r1", new Entry.Redacted(7, Story.noon(), "ann", "e7", 5, Optional.empty()));
  }

  private void edits(long seq, String text) {
    assertThat(ann.model().editor().purpose()).isEqualTo(new Editor.Edit(seq));
    assertThat(ann.model().editor().text()).isEqualTo(text);
  }

  @Test
  void arrowsGoThroughTheOwnMessages() {
    ann.presses("ArrowUp");
    edits(4, "two");
    ann.presses("ArrowUp");
    edits(2, "one");
    ann.presses("ArrowUp");
    edits(2, "one");

    ann.presses("ArrowDown");
    edits(4, "two");
    ann.presses("ArrowDown");
    assertThat(ann.model().editor()).isEqualTo(Editor.empty());
  }

  @Test
  void theEditedTextIsSentAndAChangedOneIsNotLeft() {
    ann.presses("ArrowUp");
    ann.types("!");
    ann.presses("ArrowUp", "ArrowDown");
    edits(4, "two!");

    ann.presses("Enter");
    assertThat(ann.latestCommand(SessionCommand.Post.class).post())
        .isInstanceOfSatisfying(
            ClientFrame.Edit.class,
            edit -> {
              assertThat(edit.target()).isEqualTo(4);
              assertThat(edit.body()).isEqualTo("two!");
            });
  }

  @Test
  void anUnchangedMessageIsNotSentAgain() {
    ann.presses("ArrowUp", "Enter");

    assertThat(ann.commands()).noneMatch(SessionCommand.Post.class::isInstance);
    assertThat(ann.model().editor()).isEqualTo(Editor.empty());
  }

  @Test
  void aDraftIsNotReplacedAndEscapeLeavesTheMessage() {
    ann.types("draft");
    ann.presses("ArrowUp");
    assertThat(ann.model().editor().purpose()).isEqualTo(new Editor.Say());
    ann.presses("Ctrl-u", "ArrowUp", "Escape");
    assertThat(ann.model().editor()).isEqualTo(Editor.empty());
  }
}
