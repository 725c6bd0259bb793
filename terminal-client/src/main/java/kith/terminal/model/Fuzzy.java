package kith.terminal.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The match between a label and the text that the user types to find it.
public final class Fuzzy {
  private static final String SIGILS = "/@#";

  private Fuzzy() {}

  /// The kinds of matches, the best first.
  public enum Kind {
    /// The label begins with the text, apart from a sign such as `/` or `#`.
    PREFIX,
    /// Each word of the text begins a word of the label, in order.
    WORDS,
    /// The label contains the text.
    INSIDE,
    /// The letters of the text occur in the label, in order.
    SCATTERED
  }

  /// @param distance of matches of the same kind, the lower one is better
  public record Match(Kind kind, int distance) implements Comparable<Match> {
    @Override
    public int compareTo(Match other) {
      int byKind = kind.compareTo(other.kind);
      return byKind == 0 ? Integer.compare(distance, other.distance) : byKind;
    }
  }

  /// Empty if the label does not match. An empty text matches everything equally.
  public static Optional<Match> match(String label, String query) {
    var text = label.toLowerCase(Locale.ROOT);
    var wanted = query.strip().toLowerCase(Locale.ROOT);
    if (wanted.isEmpty() || text.startsWith(wanted) || bare(text).startsWith(wanted))
      return Optional.of(new Match(Kind.PREFIX, 0));
    int words = wordsAt(text, List.of(wanted.split("\\s+")));
    if (words >= 0) return Optional.of(new Match(Kind.WORDS, words));
    int inside = text.indexOf(wanted);
    if (inside >= 0) return Optional.of(new Match(Kind.INSIDE, inside));
    return scattered(text, wanted.replace(" ", ""));
  }

  private static String bare(String text) {
    return !text.isEmpty() && SIGILS.indexOf(text.charAt(0)) >= 0 ? text.substring(1) : text;
  }

  /// The index of the label's word that the first word begins; -1 if one of them begins none.
  private static int wordsAt(String text, List<String> wanted) {
    var words = Arrays.stream(text.split("[^\\p{L}\\p{N}]+")).filter(it -> !it.isEmpty()).toList();
    int first = -1;
    int at = 0;
    for (var word : wanted) {
      while (at < words.size() && !words.get(at).startsWith(word)) at++;
      if (at == words.size()) return -1;
      if (first < 0) first = at;
      at++;
    }
    return first;
  }

  private static Optional<Match> scattered(String text, String wanted) {
    int at = -1;
    int gaps = 0;
    for (int letter : wanted.chars().toArray()) {
      int next = text.indexOf(letter, at + 1);
      if (next < 0) return Optional.empty();
      gaps += next - at - 1;
      at = next;
    }
    return Optional.of(new Match(Kind.SCATTERED, gaps));
  }

  /// True if scattered matches are left out beside this one.
  public static boolean isClear(Match match) {
    return match.kind().compareTo(Kind.WORDS) <= 0;
  }
}
