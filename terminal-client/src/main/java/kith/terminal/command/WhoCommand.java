package kith.terminal.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.terminal.plain.PresenceLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "who", description = "List the members of a room and their presence.")
final class WhoCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(paramLabel = "ROOM", description = "The name or id of a room.")
  private String room = "";

  @Option(names = "--json", description = "Members as lines of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var access = options.access();
    var id = RoomLookup.own(access, room).room();
    var lines = new PresenceLines(ZoneId.systemDefault(), Instant.now());
    var next = Optional.<String>empty();
    do {
      var page = access.rest().presence(id, next);
      for (var member : page.members()) {
        Streams.print(json ? JsonLine.rest(member) : lines.member(member));
      }
      next = page.next();
    } while (next.isPresent());
    return Exit.DONE;
  }
}
