package kith.terminal.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.KeptLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pins",
    description = {
      "List the pinned messages of a room, the latest pin first.",
      "Moderators and owners pin: /pin and /unpin in the chat, or P on a selected message."
    })
final class PinsCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(paramLabel = "ROOM", description = "The name or id of a room, or @USER.")
  private String room = "";

  @Option(names = "--json", description = "Messages as lines of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var access = options.access();
    var id = RoomLookup.own(access, room).room();
    var lines = new EntryLines(ZoneId.systemDefault());
    var now = Instant.now();
    var out = Streams.out();
    for (var message : KeptLines.allPins(access.rest(), id))
      out.println(json ? JsonLine.of(message) : KeptLines.line(message, lines, now));
    out.flush();
    return Exit.DONE;
  }
}
