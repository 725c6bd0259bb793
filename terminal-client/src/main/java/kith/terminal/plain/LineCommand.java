package kith.terminal.plain;

import java.util.Optional;
import java.util.function.Function;

/// A slash command.
///
/// @param usage the command with its arguments
/// @param read parses the text after the name; absent if these are not its arguments
record LineCommand(
    String name, String usage, String meaning, Function<String, Optional<InputLine>> read) {

  static LineCommand of(
      String name, String arguments, String meaning, Function<String, Optional<InputLine>> read) {
    var usage = arguments.isEmpty() ? "/" + name : "/" + name + " " + arguments;
    return new LineCommand(name, usage, meaning, read);
  }

  /// The answer to `--help` after the command.
  String help() {
    return "Usage: " + usage + "  " + meaning;
  }

  InputLine parsed(String rest) {
    return read.apply(rest).orElseGet(() -> new InputLine.Wrong("Usage: " + usage));
  }
}
