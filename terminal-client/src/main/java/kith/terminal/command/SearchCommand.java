package kith.terminal.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.SearchLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "search",
    description = {
      "Find messages in all your rooms, the newest first.",
      "A search has words, \"phrases\", word*, and from:USER in:ROOM with:USER before:DAY after:DAY"
          + " has:link has:file. Put it in 'quotes', so that the shell does not change it. If not"
          + " everything was searched, stderr shows how far back the search went."
    })
final class SearchCommand implements Callable<Integer> {
  private static final int MAX = 10_000;

  @Mixin private final Options options = new Options();

  @Parameters(paramLabel = "QUERY", arity = "1..*", description = "What to find.")
  private List<String> query = List.of();

  @Option(
      names = "--room",
      paramLabel = "ROOM",
      description = "Only in this room: its name or id, or @USER.")
  private Optional<String> room = Optional.empty();

  @Option(names = "--json", description = "Messages as lines of JSON, with their room and matches.")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "The number of messages (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX) throw options.usage("--limit must be from 1 to " + MAX + ".");
    var access = options.access();
    var rest = access.rest();
    var asked =
        String.join(" ", query)
            + room.map(it -> " in:" + RoomLookup.own(access, it).room()).orElse("");
    var zone = ZoneId.systemDefault();
    var lines = new EntryLines(zone);
    var now = Instant.now();
    var titles = Map.<String, String>of();
    var out = Streams.out();
    var found = 0;
    var unindexed = 0;
    var searchedBackTo = Optional.<Instant>empty();
    var before = Optional.<String>empty();
    do {
      var page = rest.search(asked, zone, before, Math.min(limit - found, 50));
      if (!json && titles.isEmpty() && !page.hits().isEmpty()) titles = SearchLines.titles(rest);
      var titlesByRoom = titles;
      for (var hit : page.hits()) {
        out.println(
            json
                ? JsonLine.rest(hit)
                : SearchLines.line(hit, it -> titlesByRoom.getOrDefault(it, it), lines, now));
        found++;
      }
      unindexed = Math.max(unindexed, page.unindexedRooms().orElse(0));
      before = page.before();
      searchedBackTo = page.searchedBackTo();
      // a page that the server could not fill in time is also a valid answer
      if (page.hits().isEmpty()) break;
    } while (found < limit && before.isPresent());
    out.flush();
    // a user who asks for ten messages and gets ten can expect more
    var back = found < limit ? searchedBackTo : Optional.<Instant>empty();
    for (var remark : SearchLines.remarks(found, back, unindexed)) Streams.err().println(remark);
    return Exit.DONE;
  }
}
