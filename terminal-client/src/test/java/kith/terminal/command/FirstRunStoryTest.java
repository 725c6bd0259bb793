package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kith.node.Node;
import kith.terminal.StoryNode;
import kith.terminal.net.Unreachable;
import kith.terminal.profile.Access;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParameterException;

/// The first start in line mode, on a real node.
@Tag("story")
class FirstRunStoryTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private static Path directory;
  private static Optional<Node> node = Optional.empty();

  @TempDir private Path home;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @BeforeAll
  static void startANode() {
    node = Optional.of(StoryNode.start(directory.resolve("data")));
  }

  @AfterAll
  static void stopTheNode() {
    node.ifPresent(Node::close);
  }

  private Optional<Access> types(Map<String, String> more, String... lines) throws IOException {
    var environment = new HashMap<>(more);
    environment.put("HOME", home.toString());
    var typed = new BufferedReader(new StringReader(String.join("\n", lines)));
    var out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    return new FirstRun(new Options(environment), new Prompt(typed, out)).ask();
  }

  private static Map<String, String> atTheNode() {
    return Map.of("KITH_SERVER", node.orElseThrow().url());
  }

  private String screen() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aRefusedSignUpAsksOnlyForTheRefusedValue() throws IOException {
    var ann =
        types(atTheNode(), "what?", "Sign up", "not a name", "short", "ann", "short", PASSWORD);

    assertThat(ann).map(Access::user).contains("ann");
    assertThat(screen().split("\\(s\\)ign up", -1)).hasSize(3);
    assertThat(screen()).contains("! Type s for a new account");
  }

  @Test
  void anUnreachableServerIsReportedBeforeThePassword() throws IOException {
    var url = node.orElseThrow().url();

    var eve = types(Map.of(), "no server", "http://127.0.0.1:1", url, "s", "eve", PASSWORD);

    assertThat(eve).isPresent();
    assertThat(screen()).contains("! A server address looks like", "! Nothing answers at");
    assertThatThrownBy(() -> types(Map.of("KITH_SERVER", "http://127.0.0.1:1"), "s"))
        .isInstanceOf(Unreachable.class);
  }

  @Test
  void anotherServerWithoutEncryptionIsRefusedBeforeThePassword() throws IOException {
    var url = node.orElseThrow().url();

    var fay = types(Map.of(), "http://chat.example.org", url, "s", "fay", PASSWORD);

    assertThat(fay).isPresent();
    assertThat(screen())
        .contains("! http:// sends passwords to chat.example.org without encryption.");
    assertThatThrownBy(() -> types(Map.of("KITH_SERVER", "http://chat.example.org"), "s"))
        .isInstanceOf(ParameterException.class);
  }

  @Test
  void theEndOfTheInputIsReported() throws IOException {
    assertThat(types(atTheNode(), "l", "ann")).isEmpty();
    assertThat(screen()).endsWith("-- The input ended before the login.\n");
  }

  @Test
  void aSecondSignUpOnTheSameProfileGetsItsOwn() throws IOException {
    types(atTheNode(), "s", "carla", PASSWORD);
    var dora = types(atTheNode(), "s", "dora", PASSWORD);

    assertThat(dora).map(access -> access.rest().account().user()).contains("dora");
    assertThat(screen())
        .contains("Logged in as carla.\n")
        .contains("Logged in as dora, stored as profile dora: ./kith chat --profile dora");
  }
}
