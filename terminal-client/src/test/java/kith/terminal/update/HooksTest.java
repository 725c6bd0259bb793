package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kith.protocol.frame.Entry;
import kith.terminal.config.ClientConf;
import kith.terminal.plain.ProgramEvent;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {
  @TempDir private Path directory;

  @Test
  void aMessageRunsTheCommandForIt() throws IOException {
    var ann = with("mention = for mentions, direct = for direct ones, message = for others");

    ann.arrives("a", message(2, "bob", "hello"));
    assertThat(ann.latest(Request.RunHook.class).command()).isEqualTo("for others");
    ann.arrives("b", message(2, "bob", "@ann hello"));
    var mention = ann.latest(Request.RunHook.class);
    assertThat(mention.command()).isEqualTo("for mentions");
    assertThat(mention.event().event()).isEqualTo(ProgramEvent.MENTION);
    assertThat(mention.event().environment(mention.me()))
        .containsEntry("KITH_TEXT", "@ann hello")
        .containsEntry("KITH_FROM", "bob")
        .containsEntry("KITH_ROOM_NAME", "barn")
        .containsEntry("KITH_ME", "ann");
  }

  @Test
  void aMentionInADirectConversationRunsOnlyTheMentionCommand() throws IOException {
    var ann = with("mention = for mentions, message = for others");
    ann.isIn("r5", "@bob", 3, 3, 0);
    ann.listed();

    ann.arrives("r5", message(4, "bob", "hello"));
    assertThat(hooks(ann)).isEmpty();
    ann.arrives("r5", message(5, "bob", "@ann hello"));
    assertThat(ann.latest(Request.RunHook.class).command()).isEqualTo("for mentions");
  }

  @Test
  void ownMessagesAndThoseOfMutedRoomsRunNothing() throws IOException {
    var ann = with("mention = for mentions, message = for others");
    ann.presses("Alt-2", "F5", "Alt-1");

    ann.arrives("a", message(2, "ann", "hello"));
    ann.arrives("b", message(2, "bob", "hello"));

    assertThat(hooks(ann)).isEmpty();
  }

  @Test
  void onlyTheLastOfManyMessagesRunCommands() throws IOException {
    var ann = with("message = for others");

    ann.arrives(
        "a",
        IntStream.range(2, 102)
            .mapToObj(seq -> message(seq, "bob", "hello " + seq))
            .toArray(Entry[]::new));

    assertThat(hooks(ann))
        .hasSize(10)
        .last()
        .satisfies(it -> assertThat(it.event().entry().orElseThrow().seq()).isEqualTo(101));
  }

  private static List<Request.RunHook> hooks(Story ann) {
    return ann.requests().stream()
        .filter(Request.RunHook.class::isInstance)
        .map(Request.RunHook.class::cast)
        .toList();
  }

  private Story with(String hooks) throws IOException {
    var file = directory.resolve("client.conf");
    Files.writeString(file, "hooks { " + hooks + " }");
    var ann = new Story(100, 20, ClientConf.read(file, Optional.empty()));
    ann.online();
    ann.isIn("a", "attic", 1, 1, 0);
    ann.isIn("b", "barn", 1, 1, 0);
    ann.listed();
    return ann;
  }
}
