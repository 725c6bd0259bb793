package kith.terminal.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kith.protocol.rest.SlashCommands.Argument;
import kith.protocol.rest.SlashCommands.NewCommand;

/// A command in the notation of a bot's command line: `vote number=Vote in the poll`, with
/// `[number]` for an optional argument and `size:small|large` for one with choices.
final class CommandSpec {
  private CommandSpec() {}

  /// Empty if the text cannot be parsed. The server checks the names.
  static Optional<NewCommand> read(String text) {
    var parts = text.split("=", 2);
    var words = List.of(parts[0].strip().split("\\s+"));
    if (parts.length < 2 || parts[1].isBlank() || words.getFirst().isEmpty())
      return Optional.empty();
    var arguments = new ArrayList<Argument>();
    for (var word : words.subList(1, words.size())) arguments.add(argument(word));
    return Optional.of(new NewCommand(words.getFirst(), parts[1].strip(), Optional.of(arguments)));
  }

  private static Argument argument(String word) {
    boolean isOptional = word.startsWith("[") && word.endsWith("]");
    var parts = (isOptional ? word.substring(1, word.length() - 1) : word).split(":", 2);
    return new Argument(
        parts[0],
        isOptional ? Optional.of(true) : Optional.empty(),
        parts.length < 2
            ? Optional.empty()
            : Optional.of(Arrays.asList(parts[1].split("\\|", -1))));
  }
}
