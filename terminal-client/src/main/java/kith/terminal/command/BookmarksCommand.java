package kith.terminal.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.KeptLines;
import kith.terminal.plain.SearchLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "bookmarks",
    description = {
      "List your bookmarks, the latest first.",
      "A message that you may no longer read is shown without its text."
    })
final class BookmarksCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Option(names = "--json", description = "Bookmarks as lines of JSON, with their messages.")
  private boolean json;

  @Override
  public Integer call() {
    var rest = options.access().rest();
    var lines = new EntryLines(ZoneId.systemDefault());
    var now = Instant.now();
    var out = Streams.out();
    var all = KeptLines.allBookmarks(rest);
    var titles = json || all.isEmpty() ? Map.<String, String>of() : SearchLines.titles(rest);
    for (var it : all)
      out.println(json ? JsonLine.rest(it) : KeptLines.line(it, titles, lines, now));
    out.flush();
    return Exit.DONE;
  }
}
