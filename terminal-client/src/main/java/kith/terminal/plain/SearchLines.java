package kith.terminal.plain;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import kith.protocol.rest.Searches.SearchHit;
import kith.protocol.rest.Searches.SearchPage;
import kith.terminal.net.Rest;

/// Found messages as lines of text.
public final class SearchLines {
  private SearchLines() {}

  /// The titles of the user's rooms by their ids.
  public static Map<String, String> titles(Rest rest) {
    return rest.inbox().rooms().stream()
        .collect(
            Collectors.toMap(it -> it.room(), it -> it.title().orElse(it.room()), (one, _) -> one));
  }

  public static String line(
      SearchHit hit, Function<String, String> titles, EntryLines lines, Instant now) {
    var message = hit.message();
    return "[%s] %s #%d %s"
        .formatted(
            lines.time(message.at(), now),
            Sanitizer.line(titles.apply(hit.room())),
            message.seq(),
            EntryLines.text(message).orElse(""));
  }

  /// The remarks about a page, besides its hits.
  public static List<String> remarks(SearchPage page, int found) {
    return remarks(
        found,
        page.searchedBackTo().filter(_ -> page.before().isPresent()),
        page.unindexedRooms().orElse(0));
  }

  /// @param searchedBackTo absent if everything was searched
  /// @param unindexed rooms that the server cannot search yet
  public static List<String> remarks(int found, Optional<Instant> searchedBackTo, int unindexed) {
    var remarks = new ArrayList<String>();
    if (searchedBackTo.isPresent())
      remarks.add("Searched back to " + LocalTime.text(searchedBackTo.get()) + ".");
    else if (found == 0) remarks.add("Nothing found.");
    if (unindexed > 0)
      remarks.add(
          (unindexed == 1 ? "1 room is" : unindexed + " rooms are")
              + " not indexed by the server yet.");
    return remarks;
  }

  /// The answer to `/search` in line mode: one page.
  public static List<String> run(Rest rest, String query) {
    var zone = ZoneId.systemDefault();
    var page = rest.search(query, zone, Optional.empty(), Rest.SEARCH_HITS);
    var titles = page.hits().isEmpty() ? Map.<String, String>of() : titles(rest);
    var shown = new EntryLines(zone);
    var now = Instant.now();
    var lines = new ArrayList<String>();
    for (var hit : page.hits().reversed())
      lines.add(line(hit, room -> titles.getOrDefault(room, room), shown, now));
    lines.addAll(remarks(page, page.hits().size()));
    return lines;
  }
}
