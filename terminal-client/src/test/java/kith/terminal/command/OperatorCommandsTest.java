package kith.terminal.command;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kith.protocol.json.Json;
import kith.terminal.command.OperatorCommands.Argument;
import kith.terminal.command.OperatorCommands.Described;
import kith.terminal.command.OperatorCommands.Flag;
import kith.terminal.command.OperatorCommands.Takes;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The client describes the commands of operators as their programs do.
class OperatorCommandsTest {
  private static final Path RESOURCE =
      Path.of("src/main/resources/kith/terminal/command/operators.json");

  @Test
  void theDescriptionsAreThoseOfThePrograms() throws Exception {
    var programs = new TreeMap<>(DocumentedCommandsTest.commandsOfNode());
    programs.put("node", "kith.node.Main");
    programs.put("files sync", "kith.node.FilesCommand");
    var commands = Stream.<Described>builder();
    for (var program : programs.entrySet())
      commands.add(described(program.getKey(), new CommandLine(Class.forName(program.getValue()))));

    var actual =
        commands
            .build()
            .map(it -> json(it, "  "))
            .collect(joining(",\n", "{\"commands\": [\n", "\n]}\n"));

    var written = Files.writeString(Path.of("target/operators.json"), actual);
    assertThat(Files.readString(RESOURCE))
        .as("cp terminal-client/%s terminal-client/%s", written, RESOURCE)
        .isEqualTo(actual);
  }

  private record Head(String name, String description) {}

  /// One line for each option and argument, so that a change shows what it changes.
  private static String json(Described command, String indent) {
    var head = Json.restText(new Head(command.name(), command.description()));
    var parts =
        lines("options", command.options().stream().map(Json::restText), indent)
            + lines("arguments", command.arguments().stream().map(Json::restText), indent)
            + lines("commands", command.commands().stream().map(it -> json(it, "    ")), indent);
    return indent + head.substring(0, head.length() - 1) + parts + "}";
  }

  private static String lines(String name, Stream<String> values, String indent) {
    var lines = values.map(it -> indent + "  " + it.strip()).toList();
    return lines.isEmpty()
        ? ""
        : ",\n%s \"%s\": [\n%s]".formatted(indent, name, String.join(",\n", lines));
  }

  private static Described described(String name, CommandLine line) {
    var command = line.getCommandSpec();
    return new Described(
        name,
        text(command.usageMessage().description()),
        command.options().stream()
            .filter(it -> !it.hidden() && !it.usageHelp() && !it.versionHelp())
            .map(it -> flag(it))
            .toList(),
        command.positionalParameters().stream().map(it -> argument(it)).toList(),
        line.getSubcommands().entrySet().stream()
            .map(it -> described(it.getKey(), it.getValue()))
            .toList());
  }

  private static Flag flag(OptionSpec option) {
    var takes = takes(option);
    return new Flag(
        List.of(option.names()),
        takes,
        takes == Takes.NOTHING ? "" : option.paramLabel(),
        text(option.description()),
        takes == Takes.NOTHING ? List.of() : values(option));
  }

  private static Argument argument(ArgSpec argument) {
    return new Argument(
        argument.paramLabel(), takes(argument), text(argument.description()), values(argument));
  }

  private static Takes takes(ArgSpec argument) {
    if (argument.arity().max() == 0) return Takes.NOTHING;
    var types = List.of(argument.typeInfo().getAuxiliaryTypes());
    return types.contains(Path.class) || types.contains(File.class) ? Takes.PATH : Takes.TEXT;
  }

  private static List<String> values(ArgSpec argument) {
    var candidates = argument.completionCandidates();
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false).toList();
  }

  private static String text(String... lines) {
    return String.join(" ", lines).replace("%%", "%");
  }
}
