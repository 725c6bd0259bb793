package kith.terminal.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import kith.protocol.rest.RoomAnswers.Room;
import kith.protocol.rest.RoomRequests;
import kith.terminal.net.Rest;
import kith.terminal.net.RoomFinder;
import kith.terminal.plain.RoomLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "join", description = "Join a room, by name, id or invitation.")
final class JoinCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(arity = "0..1", paramLabel = "ROOM", description = "The name or id of a room.")
  private @Nullable String room;

  @Option(
      names = "--passcode",
      paramLabel = "P",
      description = "The room's passcode, if it has one.")
  private @Nullable String passcode;

  @Option(names = "--invitation", paramLabel = "T", description = "The token of an invitation.")
  private @Nullable String invitation;

  @Option(names = "--json", description = "The room as a line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var joined = join(options.access().rest());
    Streams.print(json ? JsonLine.rest(joined) : RoomLines.own(joined));
    return Exit.DONE;
  }

  private Room join(Rest rest) {
    if (invitation != null) return accept(rest, invitation);
    if (room == null) throw options.usage("Name a room or an --invitation.");
    var found = new RoomFinder(rest).find(room).orElseThrow(RoomLookup.unknown(room));
    var request = new RoomRequests.JoinRoom(Optional.ofNullable(passcode), Optional.empty());
    return rest.join(found.room(), request);
  }

  private Room accept(Rest rest, String token) {
    if (passcode != null) throw options.usage("An --invitation needs no --passcode.");
    if (room != null) {
      var meant = rest.preview(token);
      if (!room.equals(meant.room()) && !room.equalsIgnoreCase(meant.name())) {
        throw options.usage("This invitation is for the room '" + meant.name() + "'.");
      }
    }
    return rest.accept(token);
  }
}
