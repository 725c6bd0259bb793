package kith.terminal.plain;

import java.util.Optional;
import java.util.function.Function;

/// Parses the arguments of slash commands.
final class Arguments {
  private Arguments() {}

  static Function<String, Optional<InputLine>> nothingAfter(InputLine line) {
    return rest -> rest.isEmpty() ? Optional.of(line) : Optional.empty();
  }

  static Function<String, Optional<InputLine>> text(Function<String, InputLine> make) {
    return rest -> rest.isEmpty() ? Optional.empty() : Optional.of(make.apply(unquoted(rest)));
  }

  static Function<String, Optional<InputLine>> word(Function<String, InputLine> make) {
    return rest ->
        rest.isEmpty() || rest.contains(" ") ? Optional.empty() : Optional.of(make.apply(rest));
  }

  static Function<String, Optional<InputLine>> user(Function<String, InputLine> make) {
    return word(name -> make.apply(userName(name)));
  }

  interface Numbered {
    InputLine make(long seq, String text);
  }

  /// The number of a message and a text.
  static Function<String, Optional<InputLine>> numbered(Numbered make) {
    return rest -> {
      var parts = rest.split("\\s+", 2);
      if (parts.length < 2) return Optional.empty();
      return seq(parts[0]).map(seq -> make.make(seq, parts[1]));
    };
  }

  interface Named {
    InputLine make(String name, Optional<String> rest);
  }

  /// A room, in quotes if its name has spaces, then a text such as a passcode.
  static Optional<InputLine> named(String rest, Named make) {
    int close = rest.startsWith("\"") ? rest.indexOf('"', 1) : -1;
    var parts =
        close > 0
            ? new String[] {rest.substring(1, close), rest.substring(close + 1).strip()}
            : rest.split("\\s+", 2);
    if (parts[0].isEmpty()) return Optional.empty();
    return Optional.of(make.make(parts[0], second(parts).filter(it -> !it.isEmpty())));
  }

  static Optional<String> second(String[] parts) {
    return parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
  }

  static Optional<Long> seq(String text) {
    try {
      long seq = Long.parseLong(text.startsWith("#") ? text.substring(1) : text);
      return seq > 0 ? Optional.of(seq) : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /// Tab completes a name with or without the `@`.
  static String userName(String typed) {
    return typed.startsWith("@") ? typed.substring(1) : typed;
  }

  static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
