package kith.terminal.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.FileLines;
import kith.terminal.profile.Access;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "files",
    description = {
      "List the files of a room, the newest first. Without ROOM: the size of all your files, and"
          + " the size that they may have.",
      "Each line begins with the number of the message and ends with the id of the file;"
          + " ${ROOT-COMMAND-NAME} save accepts both."
    })
final class FilesCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(
      arity = "0..1",
      paramLabel = "ROOM",
      description = "The name or id of a room, or @USER.")
  private @Nullable String room;

  @Option(names = "--json", description = "Files, or the sizes, as lines of JSON.")
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
    if (room == null) {
      var quota = access.rest().fileQuota();
      Streams.print(json ? JsonLine.rest(quota) : FileLines.used(quota));
    } else {
      list(access, RoomLookup.own(access, room).room());
    }
    return Exit.DONE;
  }

  private void list(Access access, String room) {
    var transfers = access.files();
    var lines = new EntryLines(ZoneId.systemDefault());
    var now = Instant.now();
    var out = Streams.out();
    var left = limit;
    var before = OptionalLong.empty();
    do {
      var page = transfers.list(room, before, OptionalInt.of(Math.min(left, 200)));
      for (var file : page.files()) {
        if (left-- <= 0) break;
        out.println(
            json ? JsonLine.rest(file) : FileLines.listed(file, lines.time(file.at(), now)));
      }
      before = page.before();
    } while (left > 0 && before.isPresent());
    out.flush();
  }
}
