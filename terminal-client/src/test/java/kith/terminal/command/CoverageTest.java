package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap.Layer;
import kith.terminal.keys.Keys;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.LineParser;
import kith.terminal.plain.ScreenOnly;
import kith.terminal.update.SubmittedLine;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// `docs/client-coverage.md` names a use for everything that the server can do, and names only
/// things that the client has.
class CoverageTest {
  private static final Path TABLE = Path.of("../docs/client-coverage.md");
  private static final Path REST =
      Path.of("../node/src/main/resources/kith/node/gateway/http/openapi.json");
  private static final Path FRAMES =
      Path.of("../protocol/src/main/resources/kith/protocol/socket.schema.json");
  private static final Pattern SHELL = Pattern.compile("`\\./kith ([a-z -]+)`");
  private static final Pattern SLASH = Pattern.compile("`/([a-z-]+)`");
  private static final Pattern KEY = Pattern.compile("key `([a-z-]+)`");

  // read-only: reading the annotations of all commands takes a tenth of a second
  private static final CommandLine COMMANDS = Commands.create();

  private record Use(String section, String name, String shell, String slash, String screen) {}

  private static List<Use> uses() throws IOException {
    var section = "";
    var uses = Stream.<Use>builder();
    for (var line : Files.readAllLines(TABLE)) {
      if (line.startsWith("## ")) section = line.substring(3);
      if (!line.startsWith("| `")) continue;
      var cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      assertThat(cells).as(line).hasSize(6);
      uses.add(
          new Use(
              section, cells.get(1).replace("`", ""), cells.get(2), cells.get(3), cells.get(4)));
    }
    return uses.build().toList();
  }

  private static List<String> names(String section) throws IOException {
    return uses().stream().filter(it -> it.section().equals(section)).map(Use::name).toList();
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readString(file));
  }

  @Test
  void everyCallHasARow() throws IOException {
    var calls =
        stream(json(REST).get("paths"))
            .flatMap(path -> stream(path))
            .filter(call -> call.has("operationId"))
            .map(call -> call.get("operationId").asText())
            .toList();

    assertThat(calls).hasSizeGreaterThan(40);
    assertThat(names("REST")).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(calls);
  }

  @Test
  void everyFrameIsInTheCoverageTable() throws IOException {
    assertThat(names("Frames of the client"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(frames("ClientFrame"));
    assertThat(names("Frames of the node"))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(frames("ServerFrame"));
  }

  private static List<String> frames(String kind) throws IOException {
    var types = json(FRAMES).get("$defs");
    return stream(types.get(kind).get("oneOf"))
        .map(it -> it.get("$ref").asText().substring("#/$defs/".length()))
        .map(name -> types.get(name).get("properties").get("type").get("const").asText())
        .toList();
  }

  private static Stream<JsonNode> stream(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  @Test
  void everyRowNamesAUse() throws IOException {
    assertThat(uses())
        .allSatisfy(use ->
            assertThat(use.shell() + use.slash() + use.screen()).as(use.name()).isNotBlank());
  }

  @Test
  void theNamedCommandsAndKeysExist() throws IOException {
    for (var use : uses()) {
      SHELL.matcher(use.shell()).results().forEach(it -> existsInTheShell(it.group(1)));
      SLASH
          .matcher(use.slash())
          .results()
          .forEach(it -> {
            assertThat(SubmittedLine.usages()).containsKey(it.group(1));
            assertThat(LineParser.usages()).containsKey(it.group(1));
          });
      KEY.matcher(use.screen())
          .results()
          .forEach(it -> assertThat(boundActions()).contains(it.group(1)));
    }
  }

  /// The commands of operators that another program of the launcher has; its header lists them.
  private static boolean isOfLauncher(String command) {
    try (var lines = Files.lines(Path.of("../kith"))) {
      return lines.anyMatch(line -> line.startsWith("#   ./kith " + command + " "));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static void existsInTheShell(String words) {
    var command = COMMANDS;
    var first = words.split(" ", 2)[0];
    if (!command.getSubcommands().containsKey(first) && isOfLauncher(first)) return;
    for (var word : words.strip().split(" ", -1)) {
      if (word.startsWith("-")) {
        assertThat(command.getCommandSpec().optionsMap()).as(words).containsKey(word);
        continue;
      }
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) fail("./kith " + words + " does not exist");
      else command = next;
    }
  }

  private static TreeSet<String> boundActions() {
    var keys = Keys.preset("default");
    var names = new TreeSet<String>();
    for (var action : Action.values()) {
      boolean isBound =
          Arrays.stream(Layer.values()).anyMatch(layer -> !keys.chords(layer, action).isEmpty());
      if (isBound) names.add(action.configName());
    }
    return names;
  }

  /// Every slash command of the screen appears in the table or does nothing on the server.
  @Test
  void everyCommandThatTheTableOmitsWorksWithoutTheServer() throws IOException {
    var named = new TreeSet<String>();
    for (var use : uses())
      SLASH.matcher(use.slash()).results().forEach(it -> named.add(it.group(1)));

    var local =
        List.of(
            "help",
            "me",
            "quit",
            "retry",
            "drop",
            "theme",
            "dnd",
            "mouse",
            "order",
            "find",
            "date",
            "to-unread",
            "latest",
            "code",
            "open",
            "server",
            "split",
            "unsplit",
            "learn",
            "editor");
    assertThat(SubmittedLine.usages().keySet())
        .allSatisfy(it -> assertThat(named.contains(it) || local.contains(it)).as(it).isTrue());
  }

  /// A command of the screen works in line mode, or line mode answers with the reason.
  @Test
  void lineModeHasOrExplainsEveryCommandOfTheScreen() {
    assertThat(SubmittedLine.usages().keySet())
        .allSatisfy(name ->
            assertThat(LineParser.usages().containsKey(name) != ScreenOnly.names().contains(name))
                .as("/" + name)
                .isTrue());
    assertThat(SubmittedLine.usages()).containsKeys(ScreenOnly.names().toArray(String[]::new));
    assertThat(ScreenOnly.names())
        .allSatisfy(
            name -> assertThat(LineParser.read("/" + name)).isInstanceOf(InputLine.OnScreen.class));
  }
}
