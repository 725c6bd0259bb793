package kith.node.feature.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.feature.search.Piece.Range;
import kith.node.platform.config.Portions;
import kith.protocol.frame.Entry;

/// The conditions of a search. All must hold; for several authors or rooms, it is enough if one
/// matches.
///
/// @param in rooms, by id or name
/// @param with users whose conversations are searched
/// @param before messages that are older
/// @param after messages that are as old or newer
record SearchQuery(
    List<Piece> pieces,
    Set<String> from,
    Set<String> in,
    Set<String> with,
    Optional<Instant> before,
    Optional<Instant> after,
    boolean hasLink,
    boolean hasFile) {
  SearchQuery {
    pieces = List.copyOf(pieces);
    from = Set.copyOf(from);
    in = Set.copyOf(in);
    with = Set.copyOf(with);
  }

  /// The condition on the index, as a `tsquery`; empty if any message is a candidate.
  Optional<String> tsquery() {
    var conditions = pieces.stream().map(Piece::tsquery).collect(Collectors.toList());
    if (!from.isEmpty())
      conditions.add(
          from.stream()
              .sorted()
              .map(name -> Piece.quoted(SearchTerms.author(name)))
              .collect(Collectors.joining(" | ", "(", ")")));
    if (hasLink) conditions.add(Piece.quoted(SearchTerms.LINK));
    if (hasFile) conditions.add(Piece.quoted(SearchTerms.FILE));
    return conditions.isEmpty() ? Optional.empty() : Optional.of(String.join(" & ", conditions));
  }

  /// The text of a message as its readers see it; empty if it was redacted.
  static Optional<String> text(Entry.Message message) {
    return message.redaction().isPresent()
        ? Optional.empty()
        : message.edit().map(Entry.LatestEdit::body).or(message::body);
  }

  /// The matched parts of a message's text, in ascending order and apart; empty if the message does
  /// not match. This does not use the index, which may be older than the message.
  Optional<List<Range>> matches(Entry.Message message) {
    var text = text(message);
    if (text.isEmpty() || !isAsked(message, text.get())) return Optional.empty();
    var units = TextUnits.of(text.get());
    var files = names(message).map(TextUnits::of).toList();
    var ranges = new ArrayList<Range>();
    for (var piece : pieces) {
      var found = piece.in(units, Portions.SEARCH_RANGES);
      if (found.isEmpty() && files.stream().allMatch(name -> piece.in(name, 1).isEmpty()))
        return Optional.empty();
      ranges.addAll(found);
    }
    return Optional.of(apart(ranges));
  }

  private boolean isAsked(Entry.Message message, String text) {
    return (from.isEmpty() || from.contains(message.by()))
        && (!hasFile || names(message).findAny().isPresent())
        && (!hasLink || SearchTerms.hasLink(text))
        && before.filter(it -> !message.at().isBefore(it)).isEmpty()
        && after.filter(it -> message.at().isBefore(it)).isEmpty();
  }

  private static Stream<String> names(Entry.Message message) {
    return message.files().stream().flatMap(List::stream).map(Entry.File::name);
  }

  private static List<Range> apart(List<Range> ranges) {
    var apart = new ArrayList<Range>();
    ranges.sort(Comparator.comparingInt(Range::start).thenComparingInt(Range::end));
    for (var range : ranges) {
      var last = apart.isEmpty() ? null : apart.getLast();
      if (last == null || range.start() > last.end()) apart.add(range);
      else apart.set(apart.size() - 1, new Range(last.start(), Math.max(last.end(), range.end())));
    }
    return apart.subList(0, Math.min(apart.size(), Portions.SEARCH_RANGES));
  }
}
