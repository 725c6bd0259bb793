package kith.terminal.command;

import static java.util.stream.Collectors.joining;

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

  /// Programs for tests of a server, whose options are not completed.
  private static final Map<String, String> OF_TESTERS =
      Map.of(
          "bench", "Measure a node under load and verify its answers.",
          "prove", "Check the promises of a running cluster during faults.");

  private Completions() {}

  static String script(Shell shell) {
    return switch (shell) {
      // loads the completion of bash if it runs in zsh
      case BASH, ZSH -> AutoComplete.bash(PROGRAM, commands());
      case FISH -> fish(commands());
    };
  }

  private static CommandLine commands() {
    var commands = OperatorCommands.addTo(Commands.create());
    // sorted, so that each run writes the same script
    new TreeMap<>(OF_TESTERS)
        .forEach((name, words) -> commands.addSubcommand(name, described(words)));
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
                fish(
                    entry.getValue(),
                    FISH + " -n __fish_use_subcommand -a " + entry.getKey(),
                    // subcommands of different commands have the same names
                    "contains -- " + entry.getKey() + " (commandline -opc)[2]"));
    return Stream.concat(Stream.of(FISH + " -f"), lines)
        .map(line -> line + "\n")
        .collect(joining());
  }

  /// @param itself the beginning of the line that completes the name of the command
  /// @param typed the condition that the line has the command
  private static Stream<String> fish(CommandLine line, String itself, String typed) {
    var command = line.getCommandSpec();
    var inner = line.getSubcommands();
    var after = FISH + " -n '" + typed + "'";
    var options =
        command.options().stream()
            .map(option -> after + names(option) + description(option.description()));
    var values =
        command.positionalParameters().stream()
            .map(Completions::candidates)
            .filter(candidates -> !candidates.isEmpty())
            .map(candidates -> after + " -a " + quoted(candidates));
    var without = "; and not __fish_seen_subcommand_from " + String.join(" ", inner.keySet()) + "'";
    var beforeInner = FISH + " -n '" + typed + without;
    var commands =
        inner.entrySet().stream()
            .flatMap(entry ->
                fish(
                    entry.getValue(),
                    beforeInner + " -a " + entry.getKey(),
                    typed + "; and __fish_seen_subcommand_from " + entry.getKey()));
    var name = Stream.of(itself + description(command.usageMessage().description()));
    return Stream.of(name, options, values, commands).flatMap(lines -> lines);
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
