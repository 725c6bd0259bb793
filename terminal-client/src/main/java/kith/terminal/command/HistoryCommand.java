package kith.terminal.command;

import java.time.ZoneId;
import java.util.concurrent.Callable;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.HistoryPages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "history", description = "Print a room's latest entries, oldest first.")
final class HistoryCommand implements Callable<Integer> {
  private static final int MAX = 100_000;

  @Mixin private final Options options = new Options();

  @Parameters(paramLabel = "ROOM", description = "The name or id of a room, or @USER.")
  private String room = "";

  @Option(names = "--json", description = "Entries as lines of JSON, in the wire format.")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "The number of entries (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1 || limit > MAX) throw options.usage("--limit must be from 1 to " + MAX + ".");
    var access = options.access();
    var shown = new EntryLines(ZoneId.systemDefault());
    var out = Streams.out();
    for (var entry :
        HistoryPages.newest(access.rest(), RoomLookup.own(access, room).room(), limit)) {
      if (json) out.println(JsonLine.of(entry));
      else shown.line(entry).ifPresent(out::println);
    }
    out.flush();
    return Exit.DONE;
  }
}
