package kith.terminal.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The most likely intended word for a mistyped one.
final class Nearest {
  private Nearest() {}

  /// Absent if no known word begins with the typed one, or differs from it in one letter, or in two
  /// of at least six.
  static Optional<String> of(String typed, Collection<String> known) {
    var begun =
        known.stream()
            .filter(word -> typed.length() > 1 && word.startsWith(typed))
            .min(Comparator.naturalOrder());
    int most = limit(typed);
    return begun.or(() ->
        known.stream()
            .filter(word -> distance(typed, word) <= most)
            .min(
                Comparator.<String>comparingInt(word -> distance(typed, word))
                    .thenComparing(Comparator.naturalOrder())));
  }

  /// The most likely words, at most three.
  static List<String> several(String typed, Collection<String> known) {
    var best = of(typed, known);
    var others =
        known.stream()
            .filter(word ->
                best.isPresent()
                    && (word.startsWith(typed) || distance(typed, word) <= limit(typed)));
    return Stream.concat(best.stream(), others).distinct().limit(3).toList();
  }

  private static int limit(String typed) {
    return typed.length() < 3 ? 0 : typed.length() < 6 ? 1 : 2;
  }

  /// The number of letters to insert, drop, replace or swap with their neighbours.
  private static int distance(String one, String other) {
    var rows = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) rows[i][0] = i;
    for (int j = 0; j <= other.length(); j++) rows[0][j] = j;
    for (int i = 1; i <= one.length(); i++) {
      for (int j = 1; j <= other.length(); j++) {
        boolean isSame = one.charAt(i - 1) == other.charAt(j - 1);
        int least = Math.min(rows[i - 1][j], rows[i][j - 1]) + 1;
        rows[i][j] = Math.min(least, rows[i - 1][j - 1] + (isSame ? 0 : 1));
        boolean isSwapped =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        if (isSwapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
    return rows[one.length()][other.length()];
  }
}
