package kith.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kith.terminal.command.CompletionCommand.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each shell loads its script and completes with it. A shell that is not installed is skipped,
/// except for bash, which the launcher needs.
class CompletionsTest {
  /// Bash has no command that completes a line: this calls the function that it calls for a tab.
  private static final String IN_BASH =
      """
      source "$1"; shift
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
      _complete_kith 2>"$0"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir private Path directory;

  private Path script(Shell shell) throws IOException {
    return Files.writeString(directory.resolve("kith." + shell), Completions.script(shell));
  }

  private List<String> inBash(String... words) throws IOException, InterruptedException {
    var command =
        Stream.concat(
            Stream.of(
                "bash",
                "-c",
                IN_BASH,
                directory.resolve("warnings").toString(),
                script(Shell.BASH).toString()),
            Stream.of(words));
    return output(command.toList());
  }

  private static List<String> output(List<String> command)
      throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(lines).isZero();
    return lines.lines().toList();
  }

  private static boolean isInstalled(Shell shell) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, shell.toString())));
  }

  @Test
  void theCommandsOfTheLauncherHaveOneOrderInAllRuns() {
    assertThat(Completions.script(Shell.FISH).lines())
        .filteredOn(line -> line.matches(".*__fish_use_subcommand -a (admin|bench|drain|prove) .*"))
        .extracting(line -> line.replaceFirst(".* -a (\\S+) .*", "$1"))
        .containsExactly("admin", "drain", "bench", "prove");
  }

  @Test
  void bashCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
    assertThat(inBash("kith", "ro")).containsExactlyInAnyOrder("room", "rooms", "rotate-keys");
    assertThat(inBash("kith", "room", "ba")).containsExactlyInAnyOrder("ban", "bans");
    assertThat(inBash("kith", "room", "set", "--cap")).containsExactly("--capacity");
    assertThat(inBash("kith", "rooms", "--js")).containsExactly("--json");
    assertThat(inBash("kith", "completion", "f")).containsExactly("fish");
    assertThat(inBash("kith", "admin", "res"))
        .containsExactlyInAnyOrder("reset-password", "reset-second-factor");
    assertThat(inBash("kith", "admin", "accounts", "--ro")).containsExactly("--role");
    assertThat(inBash("kith", "admin", "accounts", "--role", "G")).containsExactly("GUEST");
    assertThat(inBash("kith", "node", "--database-")).containsExactly("--database-file");
    assertThat(inBash("kith", "files", "s")).containsExactly("sync");
  }

  @Test
  void bashLoadsTheScriptForTheProgram() throws IOException, InterruptedException {
    var loaded = "source " + script(Shell.BASH) + "; complete -p kith";

    assertThat(output(List.of("bash", "-c", loaded)))
        .containsExactly("complete -o default -F _complete_kith kith");
  }

  @Test
  void zshLoadsTheScriptOfBash() throws IOException, InterruptedException {
    assumeTrue(isInstalled(Shell.ZSH), "zsh is not installed");
    var loaded =
        "autoload -Uz compinit; compinit -u -d %s; source %s; print -r -- $_comps[kith]"
            .formatted(directory.resolve("dump"), script(Shell.ZSH));

    assertThat(output(List.of("zsh", "-f", "-c", loaded)))
        .containsExactly("_bash_complete -F _complete_kith -o default");
  }

  @Test
  void fishCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
    assumeTrue(isInstalled(Shell.FISH), "fish is not installed");
    var load = "source " + script(Shell.FISH) + "; complete -C ";

    assertThat(output(List.of("fish", "-N", "-c", load + "'kith ro'")))
        .containsExactlyInAnyOrder(
            "room\tShow or change a room: settings, members, bans and invitations.",
            "rooms\tList the rooms you are in, or the public ones.",
            "rotate-keys\tReplaces the key that signs tokens, in the whole cluster.");
    assertThat(output(List.of("fish", "-N", "-c", load + "'./kith rooms --js'")))
        .containsExactly("--json\tRooms as lines of JSON.");
    assertThat(output(List.of("fish", "-N", "-c", load + "'kith admin rooms --js'")))
        .containsExactly("--json\tPrints one JSON object for each record.");
    assertThat(output(List.of("fish", "-N", "-c", load + "'kith room unb'")))
        .containsExactly("unban\tLift a ban.");
    assertThat(output(List.of("fish", "-N", "-c", load + "'kith room set --cap'")))
        .containsExactly("--capacity\tThe maximum number of members;");
    assertThat(output(List.of("fish", "-N", "-c", load + "'kith completion z'")))
        .containsExactly("zsh");
  }

  /// The first lines of the launcher list the commands.
  @Test
  void allCommandsOfTheLauncherAreCompleted() throws IOException, InterruptedException {
    var completed = inBash("kith", "");

    var listed =
        Files.readAllLines(Path.of("../kith")).stream()
            .map(Pattern.compile("#   \\./kith ([a-z-]+) .*")::matcher)
            .flatMap(line -> line.matches() ? Stream.of(line.group(1)) : Stream.empty())
            .toList();
    assertThat(listed).hasSizeGreaterThan(10);
    assertThat(completed)
        .containsAll(listed)
        .containsAll(Commands.create().getSubcommands().keySet());
  }
}
