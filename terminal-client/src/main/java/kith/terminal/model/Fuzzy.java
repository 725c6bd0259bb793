package kith.terminal.model;

import java.util.Locale;

/// Scores the match between a label and the text that the user types to find it.
public final class Fuzzy {
  private static final int MAX_WHOLE = 90;
  private static final int IN_PIECES = 100;

  private Fuzzy() {}

  /// A lower score is better; negative means no match. The letters of the query must occur in
  /// order.
  public static int score(String label, String query) {
    var text = label.toLowerCase(Locale.ROOT);
    var wanted = query.toLowerCase(Locale.ROOT).replace(" ", "");
    if (wanted.isEmpty()) return 0;
    int whole = text.indexOf(wanted);
    if (whole >= 0) return Math.min(whole, MAX_WHOLE);
    int at = -1;
    int gaps = IN_PIECES;
    for (int letter : wanted.chars().toArray()) {
      int next = text.indexOf(letter, at + 1);
      if (next < 0) return -1;
      gaps += next - at - 1;
      at = next;
    }
    return gaps;
  }
}
