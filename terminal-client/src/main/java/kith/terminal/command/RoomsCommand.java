package kith.terminal.command;

import java.util.concurrent.Callable;
import kith.terminal.net.RoomFinder;
import kith.terminal.plain.RoomLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "rooms", description = "List the rooms you are in.")
final class RoomsCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Option(names = "--json", description = "Rooms as lines of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    for (var room : new RoomFinder(options.access().rest()).ownRooms()) {
      Streams.print(json ? JsonLine.rest(room) : RoomLines.own(room));
    }
    return Exit.DONE;
  }
}
