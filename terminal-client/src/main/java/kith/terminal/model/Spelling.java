package kith.terminal.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words that the spell checker has checked.
///
/// @param isOn it has answered
/// @param verdicts by word; a word without an answer counts as right
public record Spelling(boolean isOn, Map<String, Verdict> verdicts) {
  private static final int MAX_WORDS = 1_000;
  public static final Spelling NONE = new Spelling(false, Map.of());

  /// @param suggestions possible corrections of a wrong word, the best first
  public record Verdict(boolean isRight, List<String> suggestions) {
    private static final Verdict PENDING = new Verdict(true, List.of());

    public Verdict {
      suggestions = List.copyOf(suggestions);
    }
  }

  public Spelling {
    verdicts = Map.copyOf(verdicts);
  }

  public boolean knows(String word) {
    return verdicts.containsKey(word);
  }

  /// The verdict about a word that is wrong.
  public Optional<Verdict> wrong(String word) {
    return Optional.ofNullable(verdicts.get(word)).filter(it -> !it.isRight());
  }

  /// The oldest words are dropped when there are too many.
  public Spelling asking(Collection<String> words) {
    var all = new HashMap<String, Verdict>();
    if (verdicts.size() + words.size() <= MAX_WORDS) all.putAll(verdicts);
    words.forEach(word -> all.put(word, Verdict.PENDING));
    return new Spelling(isOn, all);
  }

  public Spelling answered(Map<String, Verdict> answers) {
    var all = new HashMap<>(verdicts);
    all.putAll(answers);
    return new Spelling(true, all);
  }

  /// The checker checks them again.
  public Spelling forgetting(Set<String> words) {
    var all = new HashMap<>(verdicts);
    all.keySet().removeAll(words);
    return new Spelling(isOn, all);
  }
}
