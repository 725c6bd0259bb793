package kith.terminal.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import kith.protocol.Program;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The commands that the launcher starts without this program, as their programs describe them.
/// `operators.json` repeats the descriptions, because the client may be installed without the node;
/// OperatorCommandsTest compares the two.
final class OperatorCommands {
  private static final String RESOURCE = "operators.json";

  record Operators(List<Described> commands) {}

  /// @param name as typed after the name of the launcher, such as `files sync`
  record Described(
      String name,
      String description,
      List<Flag> options,
      List<Argument> arguments,
      List<Described> commands) {

    /// The first sentence.
    String summary() {
      return description.split("(?<=[.:]) ", 2)[0].replaceFirst(":$", ".");
    }
  }

  /// @param values the values that it can have; empty if it has none or any
  record Flag(
      List<String> names, Takes takes, String label, String description, List<String> values) {}

  record Argument(String label, Takes takes, String description, List<String> values) {}

  enum Takes {
    NOTHING,
    TEXT,
    PATH
  }

  private OperatorCommands() {}

  static List<Described> all() {
    try (var in = Objects.requireNonNull(OperatorCommands.class.getResourceAsStream(RESOURCE))) {
      var text = Program.named(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return Json.rest(text, Operators.class).commands();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (Malformed damaged) {
      throw new IllegalStateException(RESOURCE, damaged);
    }
  }

  /// Adds all of them to the commands of this program.
  static CommandLine addTo(CommandLine commands) {
    for (var described : all()) {
      var words = described.name().split(" ", -1);
      var parent = words.length == 1 ? commands : commands.getSubcommands().get(words[0]);
      Objects.requireNonNull(parent, described.name())
          .addSubcommand(words[words.length - 1], line(described));
    }
    return commands;
  }

  private static CommandLine line(Described described) {
    var command = CommandSpec.create().mixinStandardHelpOptions(true);
    command.usageMessage().description(described.description());
    described.options().forEach(it -> command.addOption(option(it)));
    described.arguments().forEach(it -> command.addPositional(argument(it)));
    var line = new CommandLine(command);
    described.commands().forEach(it -> line.addSubcommand(it.name(), line(it)));
    return line;
  }

  private static OptionSpec option(Flag flag) {
    var option =
        OptionSpec.builder(flag.names().toArray(String[]::new)).description(flag.description());
    if (flag.takes() == Takes.NOTHING) return option.arity("0").type(boolean.class).build();
    if (!flag.values().isEmpty()) option.completionCandidates(flag.values());
    return option.arity("1").type(type(flag.takes())).paramLabel(flag.label()).build();
  }

  private static PositionalParamSpec argument(Argument argument) {
    var built =
        PositionalParamSpec.builder()
            .type(type(argument.takes()))
            .arity("0..1")
            .paramLabel(argument.label())
            .description(argument.description());
    if (!argument.values().isEmpty()) built.completionCandidates(argument.values());
    return built.build();
  }

  private static Class<?> type(Takes takes) {
    return takes == Takes.PATH ? Path.class : String.class;
  }
}
