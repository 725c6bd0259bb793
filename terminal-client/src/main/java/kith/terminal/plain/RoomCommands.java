package kith.terminal.plain;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.RoomAnswers.Room;
import kith.terminal.net.Connection;
import kith.terminal.net.Features;
import kith.terminal.net.Refused;
import kith.terminal.net.Rest;
import kith.terminal.net.RoomCalls;
import kith.terminal.net.RoomFinder;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.Unreachable;
import kith.terminal.profile.Access;
import org.jspecify.annotations.Nullable;

/// The current room, and the commands that enter, leave, list and delete rooms.
final class RoomCommands {
  private static final long SHOWN_AT_FIRST = 20;

  private final Rest rest;
  private final RoomCalls calls;
  private final RoomFinder finder;
  private final OwnRooms own;
  private final Transcript transcript;
  private final Connection connection;
  private final ReadingCommands reading;
  private @Nullable String current;

  RoomCommands(
      Access access, Transcript transcript, Connection connection, ReadingCommands reading) {
    rest = access.rest();
    calls = RoomCalls.of(rest);
    finder = calls.finder();
    own = new OwnRooms(finder, access.profile());
    this.transcript = transcript;
    this.connection = connection;
    this.reading = reading;
  }

  String current() {
    if (current != null) return current;
    throw Chat.refused("You are not in a room: /switch, /join or /create one.");
  }

  boolean isInRoom() {
    return current != null;
  }

  void goTo(@Nullable String room) {
    current = room;
    transcript.setCurrent(room);
  }

  void openOwnRooms() {
    var rooms = finder.ownRooms();
    rooms.forEach(transcript::addRoom);
    var unread = new HashMap<String, InboxRoom>();
    inbox()
        .forEach(row -> {
          transcript.know(row);
          if (InboxLines.isUnread(row)) unread.put(row.room(), row);
        });
    var first = rooms.stream().min(Comparator.comparing(Room::name));
    first.ifPresentOrElse(
        room -> begin(room, Optional.ofNullable(unread.remove(room.room()))), () -> goTo(null));
    for (var room : rooms) {
      if (!room.room().equals(current)) connection.submit(SessionCommand.Open.fromNow(room.room()));
    }
    if (!unread.isEmpty())
      transcript.print(
          "-- "
              + (unread.size() == 1 ? "1 other room has" : unread.size() + " other rooms have")
              + " unread messages; /unread lists them");
  }

  /// Empty if the server has no inbox.
  private List<InboxRoom> inbox() {
    try {
      return rest.inbox().rooms();
    } catch (Refused refused) {
      if (!refused.code().equals(Features.NOT_OFFERED)) throw refused;
      return List.of();
    }
  }

  /// Prints the unread entries, and at least the latest ones.
  private void begin(Room room, Optional<InboxRoom> unread) {
    long last = room.lastSeq().orElse(0L);
    long read = transcript.position(room.room()).orElse(last);
    long from = Math.min(read, Math.max(0, last - SHOWN_AT_FIRST));
    if (last - from <= RoomReader.MOST) {
      goTo(room.room());
      connection.submit(SessionCommand.Open.after(room.room(), from));
      return;
    }
    enter(room);
    unread.ifPresent(row ->
        transcript.print(
            "-- " + row.unread() + " unread messages; /to-unread shows the first ones"));
  }

  private void enter(Room room) {
    transcript.addRoom(room);
    goTo(room.room());
    long last = room.lastSeq().orElse(0L);
    connection.submit(SessionCommand.Open.after(room.room(), Math.max(0, last - SHOWN_AT_FIRST)));
  }

  void open(Room room) {
    transcript.addRoom(room);
    connection.submit(
        SessionCommand.Open.after(
            room.room(), Math.max(0, room.lastSeq().orElse(0L) - SHOWN_AT_FIRST)));
  }

  void create(InputLine.Create asked) {
    enter(
        calls.create(
            asked.name(), Optional.empty(), asked.hidden(), asked.passcode(), asked.capacity()));
    if (asked.passcode().isPresent())
      transcript.print("-- " + RoomLines.madeWithPasscode(asked.name()));
  }

  void join(String what, Optional<String> passcode) {
    var joined = calls.joinOrAsk(what, passcode);
    if (joined.isPresent()) enter(joined.get());
    else JoinLines.asked(what).forEach(it -> transcript.print("-- " + it));
  }

  void switchTo(String name) {
    var room = own.named(name);
    transcript.addRoom(room);
    goTo(room.room());
    connection.submit(SessionCommand.Open.fromNow(room.room()));
    reading.printUnread(room.room());
  }

  void list() {
    var mine = own.sorted();
    mine.forEach(room -> transcript.print(RoomLines.own(room)));
    calls.publicRooms().rooms().stream()
        .filter(room -> mine.stream().noneMatch(it -> it.room().equals(room.room())))
        .forEach(room -> transcript.print(RoomLines.other(room)));
  }

  void sortAutomatically() {
    own.sortAutomatically();
    listTitles();
  }

  void place(String name, int place) {
    own.place(name, place);
    listTitles();
  }

  boolean areSortedByHand() {
    return own.areSortedByHand();
  }

  private void listTitles() {
    own.sorted().forEach(it -> transcript.print("-- " + Sanitizer.line(it.title())));
  }

  void leave() {
    var room = current();
    end(room, rest::leave, "left " + transcript.name(room));
  }

  /// The name is the confirmation, because a line cannot be taken back.
  void delete(Optional<String> name) {
    var room = rest.room(current());
    if (!name.equals(Optional.of(room.name()))) {
      transcript.print("! This deletes the room and its messages for all members, for good.");
      transcript.print("! To do it, type: /delete-room " + Sanitizer.line(room.name()));
      return;
    }
    end(room.room(), rest::deleteRoom, Sanitizer.line(room.name()) + " is deleted");
  }

  /// The server reports the end of the room, too, and it is printed once.
  private void end(String room, Consumer<String> how, String sentence) {
    transcript.leaving(room);
    try {
      how.accept(room);
    } catch (Refused | Unreachable failure) {
      transcript.stays(room);
      throw failure;
    }
    connection.submit(new SessionCommand.Close(room));
    transcript.removeRoom(room);
    transcript.print("-- " + sentence);
    goTo(null);
  }
}
