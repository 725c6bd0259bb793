package kith.node.feature.slash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.protocol.frame.ServerFrame.CallArgument;
import kith.protocol.rest.SlashCommands.Argument;

/// Divides the text of a call into the arguments of its command. Each argument but the last is a
/// word, or several in double quotes; the last is the rest of the text.
final class Arguments {
  sealed interface Result {}

  record Read(List<CallArgument> arguments) implements Result {
    Read {
      arguments = List.copyOf(arguments);
    }
  }

  /// @param sentence for the caller
  record Wrong(String sentence) implements Result {}

  private Arguments() {}

  /// A command without arguments accepts any text.
  static Result read(List<Argument> declared, String text) {
    var arguments = new ArrayList<CallArgument>();
    var rest = text.strip();
    for (int i = 0; i < declared.size(); i++) {
      var argument = declared.get(i);
      if (rest.isEmpty()) {
        if (argument.mayBeMissing()) break;
        return new Wrong("The argument '%s' is missing.".formatted(argument.name()));
      }
      int end = i == declared.size() - 1 ? rest.length() : endOfWord(rest);
      var value = choice(argument, unquoted(rest.substring(0, end)));
      if (value.isEmpty())
        return new Wrong(
            "The argument '%s' is one of: %s."
                .formatted(
                    argument.name(), String.join(", ", argument.choices().orElse(List.of()))));
      arguments.add(new CallArgument(argument.name(), value.get()));
      rest = rest.substring(end).strip();
    }
    return new Read(arguments);
  }

  private static Optional<String> choice(Argument argument, String value) {
    return argument
        .choices()
        .map(all -> all.stream().filter(it -> it.equalsIgnoreCase(value)).findFirst())
        .orElse(Optional.of(value));
  }

  private static int endOfWord(String text) {
    int close = text.startsWith("\"") ? text.indexOf('"', 1) : -1;
    if (close > 0 && isEnd(text, close + 1)) return close + 1;
    int end = 0;
    while (!isEnd(text, end)) end++;
    return end;
  }

  private static boolean isEnd(String text, int at) {
    return at >= text.length() || Character.isWhitespace(text.charAt(at));
  }

  private static String unquoted(String word) {
    return word.length() > 2 && word.startsWith("\"") && word.indexOf('"', 1) == word.length() - 1
        ? word.substring(1, word.length() - 1)
        : word;
  }
}
