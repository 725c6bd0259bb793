package kith.terminal.command;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kith.terminal.command.CompletionCommand.Shell;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Scripts with which shells complete the commands, options and fixed values of the program.
final class Completions {
  private static final String PROGRAM = "kith";
  private static final String FISH = "complete -c " + PROGRAM;

  /// The commands that the launcher starts without this program. Their options are not completed.
  /// Sorted, so that each run writes the same script.
  private static final Map<String, String> OF_LAUNCHER =
      sorted(
          entry("node", "Run a node."),
          entry("cluster", "List the nodes of a cluster."),
          entry("drain", "Move the sockets and rooms of a node to others, then stop it."),
          entry("invite", "Create an invitation to sign up."),
          entry("admin", "Administer accounts."),
          entry("couriers", "List the couriers to outside receivers, and restart one."),
          entry("rotate-keys", "Replace the key that signs tokens."),
          entry("rebuild", "Rebuild a read model of all rooms."),
          entry("backup", "Write the database of a node to a file."),
          entry("restore", "Restore such a file as the database of a node."),
          entry("move-database", "Move it to a PostgreSQL of your own."),
          entry("archive", "Verify and read archives of old entries."),
          entry("bench", "Measure a node under load and verify its answers."),
          entry("prove", "Check the promises of a running cluster during faults."));

  private Completions() {}

  @SafeVarargs
  private static Map<String, String> sorted(Map.Entry<String, String>... entries) {
    return Collections.unmodifiableMap(new TreeMap<>(Map.ofEntries(entries)));
  }

  static String script(Shell shell) {
    return switch (shell) {
      // loads the completion of bash if it runs in zsh
      case BASH, ZSH -> AutoComplete.bash(PROGRAM, commands());
      case FISH -> fish(commands());
    };
  }

  private static CommandLine commands() {
    var commands = Commands.create();
    OF_LAUNCHER.forEach((name, words) -> commands.addSubcommand(name, described(words)));
    return commands;
  }

  private static CommandSpec described(String words) {
    var command = CommandSpec.create();
    command.usageMessage().description(words);
    return command;
  }

  private static String fish(CommandLine commands) {
    var lines =
        commands.getSubcommands().entrySet().stream()
            .flatMap(entry ->
                fish(entry.getKey(), entry.getValue(), FISH + " -n __fish_use_subcommand"));
    return Stream.concat(Stream.of(FISH + " -f"), lines)
        .map(line -> line + "\n")
        .collect(joining());
  }

  /// @param before the beginning of the line that completes the name of the command
  private static Stream<String> fish(String name, CommandLine line, String before) {
    var command = line.getCommandSpec();
    var inner = line.getSubcommands();
    var after = FISH + " -n '__fish_seen_subcommand_from " + name + "'";
    var itself = before + " -a " + name + description(command.usageMessage().description());
    var options =
        command.options().stream()
            .map(option -> after + names(option) + description(option.description()));
    var values =
        command.positionalParameters().stream()
            .map(Completions::candidates)
            .filter(candidates -> !candidates.isEmpty())
            .map(candidates -> after + " -a " + quoted(candidates));
    var without = "; and not __fish_seen_subcommand_from " + String.join(" ", inner.keySet()) + "'";
    var beforeInner = FISH + " -n '__fish_seen_subcommand_from " + name + without;
    var commands =
        inner.entrySet().stream()
            .flatMap(entry -> fish(entry.getKey(), entry.getValue(), beforeInner));
    return Stream.of(Stream.of(itself), options, values, commands).flatMap(lines -> lines);
  }

  private static String names(OptionSpec option) {
    var names =
        Stream.of(option.names())
            .map(name ->
                name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1))
            .collect(joining());
    return option.arity().max() == 0 ? names : names + " -r";
  }

  private static String candidates(PositionalParamSpec values) {
    var candidates = values.completionCandidates();
    return candidates == null ? "" : String.join(" ", candidates);
  }

  /// The first sentence: fish shows it in the line of the candidate.
  private static String description(String... words) {
    var first = String.join(" ", words).split("(?<=[.;]) ", 2)[0];
    return first.isEmpty() ? "" : " -d " + quoted(first);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
