package kith.node;

import java.util.Objects;
import kith.protocol.Program;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command lines of the node's programs.
final class CommandLines {
  private static final String INSTALLED = "kith";

  private CommandLines() {}

  /// Its help names the launcher as the user called it.
  static CommandLine of(Object command) {
    return new CommandLine(command)
        .setCommandName(Program.NAME + name(command).substring(INSTALLED.length()));
  }

  /// The name in front of its errors, such as `kith invite`.
  static String name(Object command) {
    return Objects.requireNonNull(command.getClass().getAnnotation(Command.class)).name();
  }
}
