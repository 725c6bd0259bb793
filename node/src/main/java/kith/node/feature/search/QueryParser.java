package kith.node.feature.search;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kith.node.feature.search.TextUnits.Unit;
import kith.node.platform.config.Portions;

/// Reads the language of searches: words, `"phrases"`, `word*`, and conditions such as `from:ann`.
final class QueryParser {
  /// A query, or the reason why the text is not one.
  sealed interface Parsed {}

  record Valid(SearchQuery query) implements Parsed {}

  /// @param sentence for people
  record Wrong(String sentence) implements Parsed {}

  private static final Set<String> CONDITIONS =
      Set.of("from", "in", "with", "before", "after", "has");

  private static final class Mistake extends Exception {
    Mistake(String sentence) {
      super(sentence, null, false, false);
    }
  }

  private final String text;
  private final String user;
  private final ZoneId zone;
  private final List<Piece> pieces = new ArrayList<>();
  private final Set<String> from = new LinkedHashSet<>();
  private final Set<String> in = new LinkedHashSet<>();
  private final Set<String> with = new LinkedHashSet<>();
  private Optional<Instant> before = Optional.empty();
  private Optional<Instant> after = Optional.empty();
  private boolean hasLink;
  private boolean hasFile;

  /// The last piece is a word that may be the beginning of a longer one.
  private boolean mayContinue;

  private int at;

  private QueryParser(String text, String user, ZoneId zone) {
    this.text = text;
    this.user = user;
    this.zone = zone;
  }

  /// @param user the searching user: `me`
  /// @param zone in which its days begin
  static Parsed parse(String text, String user, ZoneId zone) {
    try {
      return new Valid(new QueryParser(text, user, zone).query());
    } catch (Mistake mistake) {
      return new Wrong(String.valueOf(mistake.getMessage()));
    }
  }

  private SearchQuery query() throws Mistake {
    if (text.codePointCount(0, text.length()) > Portions.SEARCH_QUERY)
      throw new Mistake("A search has at most %d characters.".formatted(Portions.SEARCH_QUERY));
    for (skipSpace(); at < text.length(); skipSpace()) part();
    var conditions = from.size() + in.size() + with.size();
    if (pieces.size() + conditions > Portions.SEARCH_PARTS)
      throw new Mistake(
          "A search has at most %d words and conditions.".formatted(Portions.SEARCH_PARTS));
    var isEmpty =
        pieces.isEmpty()
            && conditions == 0
            && before.isEmpty()
            && after.isEmpty()
            && !hasLink
            && !hasFile;
    if (isEmpty) throw new Mistake("Search for at least one word, or with a condition.");
    // while the user types, the last word is usually incomplete
    if (mayContinue) pieces.add(new Piece(pieces.removeLast().units(), true));
    return new SearchQuery(pieces, from, in, with, before, after, hasLink, hasFile);
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(at)) at++;
  }

  private boolean isSpace(int index) {
    var c = text.charAt(index);
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private void part() throws Mistake {
    if (text.charAt(at) == '"') {
      phrase(quoted());
      return;
    }
    var colon = text.indexOf(':', at);
    if (colon > 0 && colon < wordEnd(at)) {
      var name = text.substring(at, colon).toLowerCase(Locale.ROOT);
      if (CONDITIONS.contains(name)) {
        at = colon + 1;
        condition(name, value(name));
        return;
      }
    }
    var end = wordEnd(at);
    var word = text.substring(at, end);
    at = end;
    word(word);
  }

  private int wordEnd(int from) {
    var end = from;
    while (end < text.length() && !isSpace(end)) end++;
    return end;
  }

  private String quoted() throws Mistake {
    var end = text.indexOf('"', at + 1);
    if (end < 0) throw new Mistake("A quotation mark is not closed.");
    var inside = text.substring(at + 1, end);
    at = end + 1;
    return inside;
  }

  private String value(String name) throws Mistake {
    var value = "";
    if (at < text.length() && text.charAt(at) == '"') value = quoted();
    else {
      var end = wordEnd(at);
      value = text.substring(at, end);
      at = end;
    }
    if (value.isBlank()) throw new Mistake("Write a value directly after '%s:'.".formatted(name));
    return value.strip();
  }

  private void phrase(String inside) throws Mistake {
    var units = TextUnits.of(inside);
    if (units.isEmpty()) throw new Mistake("A phrase needs a letter or a digit.");
    add(units, false);
    mayContinue = false;
  }

  /// Parts without letters and digits are skipped.
  private void word(String word) throws Mistake {
    var units = TextUnits.of(word);
    if (units.isEmpty()) return;
    var last = units.getLast();
    var isLong = last.text().codePointCount(0, last.text().length()) >= Portions.SEARCHED_PREFIX;
    if (word.endsWith("*") && !last.single() && !isLong)
      throw new Mistake(
          "At least %d letters are needed before '*'.".formatted(Portions.SEARCHED_PREFIX));
    add(units, isLong && word.endsWith("*"));
    mayContinue = isLong;
  }

  private void add(List<Unit> units, boolean prefix) throws Mistake {
    if (units.size() > Portions.SEARCH_PHRASE)
      throw new Mistake("A phrase has at most %d words.".formatted(Portions.SEARCH_PHRASE));
    pieces.add(new Piece(units, prefix));
  }

  private void condition(String name, String value) throws Mistake {
    switch (name) {
      case "from" -> from.add(user(value));
      case "in" -> in.add(canonical(value.startsWith("#") ? value.substring(1) : value));
      case "with" -> with.add(user(value));
      case "before" -> before = Optional.of(earlier(before, time(name, value)));
      case "after" -> after = Optional.of(later(after, time(name, value)));
      default -> has(value);
    }
  }

  private void has(String value) throws Mistake {
    switch (value.toLowerCase(Locale.ROOT)) {
      case "link" -> hasLink = true;
      case "file" -> hasFile = true;
      default -> throw new Mistake("Use 'has:link' or 'has:file'.");
    }
  }

  private String user(String value) {
    var name = canonical(value.startsWith("@") ? value.substring(1) : value);
    return name.equals("me") ? user : name;
  }

  private static String canonical(String value) {
    return Normalizer.normalize(value, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private static Instant earlier(Optional<Instant> one, Instant other) {
    return one.filter(it -> it.isBefore(other)).orElse(other);
  }

  private static Instant later(Optional<Instant> one, Instant other) {
    return one.filter(it -> it.isAfter(other)).orElse(other);
  }

  /// The beginning of a year, a month or a day, or a point in time.
  private Instant time(String name, String value) throws Mistake {
    try {
      return switch (value.length()) {
        case 4 -> start(Year.parse(value).atDay(1));
        case 7 -> start(YearMonth.parse(value).atDay(1));
        case 10 -> start(LocalDate.parse(value));
        default -> OffsetDateTime.parse(value).toInstant();
      };
    } catch (DateTimeException _) {
      throw new Mistake(
          "Write the time after '%s:' as 2026, 2026-03, 2026-03-31 or 2026-03-31T09:30Z."
              .formatted(name));
    }
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }
}
