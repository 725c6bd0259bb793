package kith.node.feature.administration;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kith.node.core.room.Post;
import kith.node.core.room.PostRule;
import kith.node.core.room.RoomState;
import kith.protocol.Code;

/// The words, phrases and links that no message on this server may contain. A pure function of the
/// text. Its time grows with the length of the text, and with the number of phrases that begin with
/// the same word, but not with that of all words and phrases.
///
/// It finds words that are spelled as the host wrote them, not those that somebody disguises.
public final class TextFilter implements PostRule {
  /// Characters that nobody sees, with which a word could be divided.
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  /// A host name with at least one dot, as in a link or alone.
  private static final Pattern HOST =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}-]+(?:\\.[\\p{L}\\p{M}\\p{N}-]+)+");

  /// Single words are phrases of one word.
  private final Map<String, List<List<String>>> phrasesByFirstWord;

  private final Set<String> hosts;
  private final boolean isDryRun;

  /// A word or link found in a text.
  ///
  /// @param isLink whether it is a host, or a word
  record Found(String text, boolean isLink) {}

  /// @param words or phrases; between the words of a phrase, a text may have anything but letters
  ///   and digits
  /// @param hosts also stand for their subdomains
  /// @param isDryRun nothing is refused
  public TextFilter(Collection<String> words, Collection<String> hosts, boolean isDryRun) {
    this.phrasesByFirstWord =
        words.stream()
            .map(entry -> wordsOf(normal(entry)))
            .filter(phrase -> !phrase.isEmpty())
            .collect(Collectors.groupingBy(List::getFirst));
    this.hosts =
        hosts.stream()
            .map(host -> host(normal(host)))
            .flatMap(Optional::stream)
            .collect(Collectors.toUnmodifiableSet());
    this.isDryRun = isDryRun;
  }

  /// Whether the entry has a letter or a digit, without which it would match nothing.
  static boolean canMatch(String entry) {
    return !wordsOf(normal(entry)).isEmpty();
  }

  boolean isDryRun() {
    return isDryRun;
  }

  @Override
  public Optional<Code> objection(RoomState room, Post post, Optional<Post.Fact> target) {
    if (isDryRun) return Optional.empty();
    return switch (post) {
      case Post.Say say -> objection(say.body());
      case Post.Edit edit -> objection(edit.body());
      case Post.Redact _, Post.PartPost _ -> Optional.empty();
    };
  }

  private Optional<Code> objection(String text) {
    return find(text).map(_ -> Code.TEXT_NOT_ACCEPTED);
  }

  /// The first word, or else the first link, that is not accepted.
  Optional<Found> find(String text) {
    if (phrasesByFirstWord.isEmpty() && hosts.isEmpty()) return Optional.empty();
    var normal = normal(text);
    return words(normal).or(() -> links(normal));
  }

  private Optional<Found> words(String normal) {
    if (phrasesByFirstWord.isEmpty()) return Optional.empty();
    var words = wordsOf(normal);
    for (var at = 0; at < words.size(); at++)
      for (var phrase : phrasesByFirstWord.getOrDefault(words.get(at), List.of()))
        if (isAt(words, at, phrase)) return Optional.of(new Found(String.join(" ", phrase), false));
    return Optional.empty();
  }

  private static boolean isAt(List<String> words, int at, List<String> phrase) {
    var end = at + phrase.size();
    return end <= words.size() && words.subList(at, end).equals(phrase);
  }

  private static List<String> wordsOf(String normal) {
    return WORD.matcher(normal).results().map(MatchResult::group).toList();
  }

  private Optional<Found> links(String normal) {
    if (hosts.isEmpty()) return Optional.empty();
    return HOST.matcher(normal)
        .results()
        .flatMap(it -> host(it.group()).stream())
        .filter(this::isFiltered)
        .map(host -> new Found(host, true))
        .findFirst();
  }

  private boolean isFiltered(String host) {
    for (var rest = host; ; rest = rest.substring(rest.indexOf('.') + 1)) {
      if (hosts.contains(rest)) return true;
      if (rest.indexOf('.') < 0) return false;
    }
  }

  /// The text in one spelling for letters that look the same, and for upper and lower case.
  private static String normal(String text) {
    return INVISIBLE
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  /// The ASCII spelling of a host name; empty if it has none.
  private static Optional<String> host(String name) {
    try {
      return Optional.of(IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException noHost) {
      return Optional.empty();
    }
  }
}
