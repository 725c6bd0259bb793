package kith.terminal.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import kith.protocol.Code;
import kith.protocol.Program;
import kith.protocol.rest.RoomAnswers.Room;
import kith.protocol.rest.RoomRequests;
import kith.terminal.net.Refused;
import kith.terminal.net.Rest;
import kith.terminal.net.RoomCalls;
import kith.terminal.net.RoomFinder;
import kith.terminal.plain.RoomLines;
import kith.terminal.plain.Sanitizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "join",
    description = {
      "Join a room, by name, id or invitation.",
      "Passcodes and invitations are not arguments, because other users of the machine can read"
          + " those. They come from KITH_PASSCODE and KITH_ROOM_INVITATION, or are asked for.",
      "Where moderators decide who joins, this sends them a request."
    })
final class JoinCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(arity = "0..1", paramLabel = "ROOM", description = "The name or id of a room.")
  private @Nullable String room;

  @Option(
      names = "--passcode",
      description = "Ask for the room's passcode; not needed with KITH_PASSCODE.")
  private boolean hasPasscode;

  @Option(
      names = "--invitation",
      description = "Join with an invitation, and ask for its token without KITH_ROOM_INVITATION.")
  private boolean isInvited;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "A text for the moderators, where they decide who joins.")
  private @Nullable String text;

  @Option(names = "--json", description = "The room as a line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (isInvited && hasPasscode) throw options.usage("An --invitation needs no --passcode.");
    if (!isInvited && room == null) throw options.usage("Name a room, or use --invitation.");
    var rest = options.access().rest();
    Room joined;
    try {
      joined = join(rest);
    } catch (Refused refused) {
      if (!refused.is(Code.APPROVAL_REQUIRED) || room == null) throw refused;
      return ask(rest, room);
    }
    Streams.print(json ? JsonLine.rest(joined) : RoomLines.own(joined));
    return Exit.DONE;
  }

  private int ask(Rest rest, String what) {
    var found = RoomCalls.of(rest).find(what);
    rest.askToJoin(found.room(), Optional.ofNullable(text));
    if (json)
      rest.ownJoinRequests().requests().stream()
          .filter(it -> it.room().equals(found.room()))
          .forEach(it -> Streams.print(JsonLine.rest(it)));
    else {
      Streams.print(
          "The moderators of "
              + Sanitizer.line(found.name())
              + " decide who joins: you have asked.");
      Streams.print(
          Program.NAME
              + " room asked shows its outcome, "
              + Program.NAME
              + " room withdraw withdraws it.");
    }
    return Exit.DONE;
  }

  private Room join(Rest rest) throws IOException {
    if (isInvited || room == null)
      return accept(rest, options.secret("KITH_ROOM_INVITATION", "Invitation"));
    var found = new RoomFinder(rest).find(room).orElseThrow(RoomLookup.unknown(room));
    return rest.join(
        found.room(), new RoomRequests.JoinRoom(options.passcode(hasPasscode), Optional.empty()));
  }

  private Room accept(Rest rest, String token) {
    if (room != null) {
      var meant = rest.preview(token);
      if (!room.equals(meant.room()) && !room.equalsIgnoreCase(meant.name())) {
        throw options.usage("This invitation is for the room '" + meant.name() + "'.");
      }
    }
    return rest.accept(token);
  }
}
