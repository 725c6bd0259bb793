package kith.terminal.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.FileLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "files",
    description = {
      "List the files of a room, the newest first.",
      "Each line begins with the number of the message and ends with the id of the file;"
          + " ${ROOT-COMMAND-NAME} save accepts both."
    })
final class FilesCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(paramLabel = "ROOM", description = "The name or id of a room, or @USER.")
  private String room = "";

  @Option(names = "--json", description = "Files as lines of JSON.")
  private boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "The number of files (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    if (limit < 1) throw options.usage("--limit must be at least 1.");
    var access = options.access();
    var transfers = access.files();
    var id = RoomLookup.own(access, room).room();
    var lines = new EntryLines(ZoneId.systemDefault());
    var now = Instant.now();
    var out = Streams.out();
    var left = limit;
    var before = OptionalLong.empty();
    do {
      var page = transfers.list(id, before, OptionalInt.of(Math.min(left, 200)));
      for (var file : page.files()) {
        if (left-- <= 0) break;
        out.println(
            json ? JsonLine.rest(file) : FileLines.listed(file, lines.time(file.at(), now)));
      }
      before = page.before();
    } while (left > 0 && before.isPresent());
    out.flush();
    return Exit.DONE;
  }
}
