package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.Node;
import kith.terminal.StoryNode;
import kith.terminal.net.Logins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Requests from a script, on a real node whose users accept conversations from everyone.
@Tag("story")
class RequestCommandStoryTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private static Path directory;
  private static Optional<Node> node = Optional.empty();

  @TempDir private Path home;

  @BeforeAll
  static void startANode() {
    var changed = Map.of("kith.conversations.from", "everyone");
    node = Optional.of(StoryNode.start(directory.resolve("data"), changed));
  }

  @AfterAll
  static void stopTheNode() {
    node.ifPresent(Node::close);
  }

  @Test
  void aRequestThatIsNotNeededIsNotSentAndFails() {
    var url = node.orElseThrow().url();
    var logins = new Logins(List.of(URI.create(url)));
    logins.signUp("ann", PASSWORD, "test");
    logins.signUp("bob", PASSWORD, "test");
    var environment =
        Map.of(
            "HOME",
            home.toString(),
            "KITH_SERVER",
            url,
            "KITH_USER",
            "ann",
            "KITH_PASSWORD",
            PASSWORD);
    var errors = new StringWriter();
    var command = new CommandLine(new RequestCommand(new Options(environment)));
    command.setCaseInsensitiveEnumValuesAllowed(true).setErr(new PrintWriter(errors, true));

    var code = command.execute("send", "bob", "hello");

    assertThat(errors.toString())
        .isEqualToIgnoringNewLines("Not sent: no request is needed. ./kith send @bob TEXT\n");
    assertThat(code).isEqualTo(Exit.REFUSED);
  }
}
