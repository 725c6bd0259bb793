package kith.terminal.runtime;

import com.googlecode.lanterna.input.CharacterPattern;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import java.util.List;

/// An answer of the terminal to a question about itself. It arrives among the keys.
final class Answer extends KeyStroke {
  private final String text;

  private Answer(String text) {
    super(KeyType.Unknown);
    this.text = text;
  }

  /// Without the escape character at the beginning.
  String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Answer answer && answer.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// One kind of answer, by its first and its last characters.
  ///
  /// @param middle the characters between them; empty for all that can be printed
  private record Form(String begin, String middle, String end) {

    /// The text is a beginning of such an answer.
    boolean mayBecome(String seen) {
      if (seen.length() <= begin.length()) return begin.startsWith(seen);
      if (!seen.startsWith(begin)) return false;
      var rest = seen.substring(begin.length());
      // the last character of a longer end comes later
      var body = rest.endsWith(end.substring(0, 1)) ? rest.substring(0, rest.length() - 1) : rest;
      return body.chars().allMatch(this::isBody);
    }

    boolean is(String seen) {
      return seen.length() >= begin.length() + end.length()
          && seen.startsWith(begin)
          && seen.endsWith(end)
          && seen.substring(begin.length(), seen.length() - end.length())
              .chars()
              .allMatch(this::isBody);
    }

    private boolean isBody(int unit) {
      return middle.isEmpty() ? unit >= ' ' && unit < 0x7F : middle.indexOf(unit) >= 0;
    }
  }

  /// Recognizes answers.
  static final class Patterns implements CharacterPattern {
    private static final int MAX_CHARS = 200;
    private static final String NUMBERS = "0123456789;";
    private static final List<Form> FORMS =
        List.of(
            // device attributes
            new Form("\u001b[?", NUMBERS, "c"),
            // the size of a cell
            new Form("\u001b[6;", NUMBERS, "t"),
            // the name and version
            new Form("\u001bP>|", "", "\u001b\\"),
            // graphics of kitty
            new Form("\u001b_G", "", "\u001b\\"));

    @Override
    public Matching match(List<Character> keys) {
      if (keys.size() > MAX_CHARS) return none();
      var seen = new StringBuilder();
      keys.forEach(seen::append);
      var text = seen.toString();
      for (var form : FORMS) {
        if (form.is(text)) return new Matching(new Answer(text.substring(1)));
      }
      return FORMS.stream().anyMatch(form -> form.mayBecome(text)) ? Matching.NOT_YET : none();
    }

    /// Lanterna expects null for no match.
    @SuppressWarnings("NullAway")
    private static Matching none() {
      return null;
    }
  }
}
