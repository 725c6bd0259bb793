package kith.terminal.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import kith.terminal.net.ThreadCalls;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.SearchLines;
import kith.terminal.plain.ThreadLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "threads",
    description = {
      "List the threads that you follow, those with unread replies first.",
      "With ROOM: the threads that began among the latest 1,000 entries of this room, followed or"
          + " not, with the numbers of their replies."
    })
final class ThreadsCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(
      arity = "0..1",
      paramLabel = "ROOM",
      description = "The name or id of a room, or @USER.")
  private @Nullable String room;

  @Option(names = "--json", description = "Threads as lines of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var access = options.access();
    var calls = new ThreadCalls(access.rest());
    var out = Streams.out();
    if (room == null) {
      var all = calls.followed().threads();
      var titles =
          json || all.isEmpty() ? Map.<String, String>of() : SearchLines.titles(access.rest());
      var lines = new EntryLines(ZoneId.systemDefault());
      var now = Instant.now();
      for (var it : all)
        out.println(json ? JsonLine.rest(it) : ThreadLines.line(it, titles, lines, now));
    } else {
      var id = RoomLookup.own(access, room).room();
      long end = access.rest().room(id).lastSeq().orElse(1L);
      long from = Math.max(1, end - ThreadCalls.RANGE + 1);
      for (var it : calls.counts(id, from, Math.max(from, end)).threads())
        out.println(json ? JsonLine.rest(it) : "#" + it.root() + " " + it.replies());
    }
    out.flush();
    return Exit.DONE;
  }
}
