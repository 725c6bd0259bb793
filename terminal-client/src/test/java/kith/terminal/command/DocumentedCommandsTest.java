package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.LineParser;
import kith.terminal.update.SubmittedLine;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/// The programs accept every command that the documentation tells people to type.
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern INLINE = Pattern.compile("`(\\./kith [^`]+)`");
  private static final Pattern SLASH = Pattern.compile("`(/[a-z-]+)((?: [^`]*)?)`");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /// In the launcher: `invite) module=node main=kith.node.InviteCommand …`.
  private static final Pattern OF_NODE =
      Pattern.compile(" ([a-z-]+)\\)\\s+(?:module=node )?main=(kith\\.node\\.\\w+Command)");

  /// Programs of their own, which parse their options elsewhere.
  private static final Set<String> OTHERS = Set.of("node", "bench", "prove");

  /// Paths of HTTP and of files, and commands that the bot in the documentation registers.
  private static final Set<String> NOT_OF_THE_CLIENT =
      Set.of(
          "/ready",
          "/alive",
          "/metrics",
          "/cluster",
          "/docs",
          "/backup",
          "/poll",
          "/poll:help",
          "/vote");

  /// @param isWhole it has all its arguments: a block of code, not a name in a sentence
  private record Documented(Path page, String text, boolean isWhole) {}

  private static List<Path> pages() throws IOException {
    var pages =
        new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
    for (var folder : List.of("docs", "docker"))
      try (var files = Files.list(ROOT.resolve(folder))) {
        files.filter(it -> it.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    return pages;
  }

  private static Stream<Documented> commands(Path page) {
    var found = Stream.<Documented>builder();
    var isCode = false;
    try {
      for (var line : Files.readAllLines(page)) {
        if (line.startsWith("```")) isCode = !isCode;
        else if (isCode) typed(line).ifPresent(it -> found.add(new Documented(page, it, true)));
        else
          INLINE
              .matcher(line)
              .results()
              .map(it -> new Documented(page, it.group(1), false))
              .forEach(found::add);
      }
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
    return found.build();
  }

  /// The command in a line of a block: without variables before it, a pipe, or a comment after it.
  private static Optional<String> typed(String line) {
    return Pattern.compile("^\\s*(?:[A-Z_]+=\\S+ )*((?:\\./)?kith .+)$")
        .matcher(line)
        .results()
        .map(it -> it.group(1))
        .findFirst();
  }

  private static List<String> words(String command) {
    var words = new ArrayList<String>();
    for (var match : WORD.matcher(command).results().toList()) {
      var word = match.group();
      if (Set.of("|", ">", "<", "&&", "&", ";", "#").contains(word) || word.startsWith("#")) break;
      words.add(match.group(1) != null ? match.group(1) : word.replaceAll("[;\\\\]$", ""));
    }
    return words.subList(1, words.size());
  }

  static Map<String, String> commandsOfNode() throws IOException {
    var classes = new HashMap<String, String>();
    OF_NODE
        .matcher(Files.readString(ROOT.resolve("kith")))
        .results()
        .forEach(it -> classes.put(it.group(1), it.group(2)));
    classes.put("move-database", "kith.node.MoveDatabaseCommand");
    return classes;
  }

  @Test
  void theProgramsAcceptEveryDocumentedCommand() throws Exception {
    var ofNode = commandsOfNode();
    assertThat(ofNode).containsKeys("admin", "invite", "backup", "archive");
    var wrong = new ArrayList<String>();
    var commands = pages().stream().flatMap(DocumentedCommandsTest::commands).toList();
    for (var documented : commands) {
      var words = words(documented.text());
      if (words.isEmpty() || OTHERS.contains(words.getFirst())) continue;
      var name = ofNode.get(words.getFirst());
      try {
        if (name == null) {
          var arguments = words.toArray(String[]::new);
          Commands.create(arguments).parseArgs(arguments);
        } else
          new CommandLine(Class.forName(name))
              .setCaseInsensitiveEnumValuesAllowed(true)
              .parseArgs(words.stream().skip(1).toArray(String[]::new));
      } catch (MissingParameterException missing) {
        if (documented.isWhole()) wrong.add(documented + ": " + missing.getMessage());
      } catch (ParameterException refused) {
        wrong.add(documented + ": " + refused.getMessage());
      }
    }
    assertThat(commands).hasSizeGreaterThan(200);
    assertThat(wrong).isEmpty();
  }

  @Test
  void theClientHasEverySlashCommandOfTheDocumentation() throws IOException {
    var wrong = new ArrayList<String>();
    int count = 0;
    for (var page : pages()) {
      for (var match : SLASH.matcher(Files.readString(page)).results().toList()) {
        var name = match.group(1);
        if (NOT_OF_THE_CLIENT.contains(name)) continue;
        count++;
        boolean isKnown = SubmittedLine.usages().containsKey(name.substring(1));
        boolean isWrong =
            !match.group(2).isBlank()
                && LineParser.usages().containsKey(name.substring(1))
                && LineParser.read(name + match.group(2)) instanceof InputLine.Wrong;
        if (!isKnown || isWrong) wrong.add(page + ": " + match.group());
      }
    }
    assertThat(count).isGreaterThan(50);
    assertThat(wrong).isEmpty();
  }
}
