package kith.terminal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A word of a draft that can be spelled wrongly.
///
/// @param start its place in the text
public record SpelledWord(int start, String text) {
  /// Longer drafts are not checked.
  private static final int MAX_TEXT = 8_000;

  private static final int MAX_LETTERS = 40;

  /// Code, as it is marked in messages.
  private static final Pattern CODE = Pattern.compile("```.*?(```|$)|`[^`]*(`|$)", Pattern.DOTALL);

  private static final Pattern CHUNK = Pattern.compile("\\S+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+(?:['’][\\p{L}\\p{M}]+)*");

  /// Names, rooms, emoji, numbers, addresses, paths and identifiers, which are not words.
  private static final Pattern NO_WORDS =
      Pattern.compile("[@#:/~].*|.*[\\d_@\\\\/=<>|{}].*|.*\\w\\.\\w.*");

  /// Scripts that do not separate words by spaces.
  private static final Pattern WITHOUT_SPACES =
      Pattern.compile(
          ".*[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}].*");

  public int end() {
    return start + text.length();
  }

  /// The words of a message; a command has none.
  public static List<SpelledWord> of(String draft) {
    if (draft.length() > MAX_TEXT || (draft.startsWith("/") && !draft.startsWith("//")))
      return List.of();
    // replaced by as many spaces, so that the places stay
    var text = CODE.matcher(draft).replaceAll(code -> " ".repeat(code.group().length()));
    var words = new ArrayList<SpelledWord>();
    var chunks = CHUNK.matcher(text);
    while (chunks.find()) {
      if (NO_WORDS.matcher(chunks.group()).matches()) continue;
      var found = WORD.matcher(chunks.group());
      while (found.find()) {
        var word = found.group();
        boolean isChecked =
            word.length() > 1
                && word.length() <= MAX_LETTERS
                && !WITHOUT_SPACES.matcher(word).matches();
        if (isChecked) words.add(new SpelledWord(chunks.start() + found.start(), word));
      }
    }
    return words;
  }
}
