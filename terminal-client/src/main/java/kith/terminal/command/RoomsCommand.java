package kith.terminal.command;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import kith.protocol.rest.RoomAnswers.Room;
import kith.terminal.net.Rest;
import kith.terminal.net.RoomFinder;
import kith.terminal.plain.RoomLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "rooms", description = "List the rooms you are in, or the public ones.")
final class RoomsCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Option(names = "--json", description = "Rooms as lines of JSON.")
  private boolean json;

  @Option(names = "--public", description = "All public rooms instead of yours.")
  private boolean isPublic;

  @Option(
      names = "--find",
      paramLabel = "TEXT",
      description = "Only public rooms whose name contains this.")
  private @Nullable String query;

  @Override
  public Integer call() {
    var rest = options.access().rest();
    if (isPublic || query != null) publicRooms(rest);
    else new RoomFinder(rest).ownRooms().forEach(room -> print(room));
    return Exit.DONE;
  }

  private void publicRooms(Rest rest) {
    var next = Optional.<String>empty();
    do {
      var page =
          rest.publicRooms(Optional.ofNullable(query), Optional.empty(), next, OptionalInt.empty());
      page.rooms().forEach(room -> print(room));
      next = page.next();
    } while (next.isPresent());
  }

  private void print(Room room) {
    var line = room.role().isPresent() ? RoomLines.own(room) : RoomLines.other(room);
    Streams.print(json ? JsonLine.rest(room) : line);
  }
}
