package kith.terminal.update;

import java.util.List;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.model.Overlay.Question;
import kith.terminal.model.Room;
import kith.terminal.model.SearchState;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;

/// Marks entries as read that were on the screen while the user was active.
final class ReadTracking {
  private ReadTracking() {}

  /// Whether new entries in this room are seen as they arrive.
  static boolean isLive(StepBuilder step, Room room) {
    return step.isCurrent(room.id())
        && isWatching(step)
        && ThreadActions.showsRoom(step, room)
        && room.reading().isLive()
        && !room.log().isCached()
        && room.log().reachesEnd();
  }

  /// Whether the user sees its latest entries, read or unread.
  static boolean isOnScreen(StepBuilder step, Room room) {
    return step.isCurrent(room.id())
        && isWatching(step)
        && ThreadActions.showsRoom(step, room)
        && room.reading().anchor().isEmpty()
        && room.log().reachesEnd();
  }

  static boolean isWatching(StepBuilder step) {
    return step.activity.hasFocus()
        && !step.activity.isIdle(step.moment.now(), step.conf.idleAfter());
  }

  static void markRead(StepBuilder step) {
    if (!isWatching(step) || step.currentRoom().isEmpty()) return;
    var room = step.currentRoom().get();
    var reading = room.reading();
    if (!ThreadActions.showsRoom(step, room)) return;
    boolean isOnTheWay = reading.search() instanceof SearchState.ToEntry;
    if (room.log().entries().isEmpty() || room.log().isCached() || reading.isHeld() || isOnTheWay)
      return;
    long seen = lowest(room);
    var from = room.listing().unreadFrom();
    boolean isMarked = from.isPresent() && seen >= from.getAsLong();
    if (seen <= reading.read() && !isMarked) return;
    var now = reading.readTo(seen);
    if (seen >= room.log().end()) now = now.counting(0, 0);
    var after = room.with(now);
    if (isMarked) after = after.with(room.listing().unreadFrom(OptionalLong.empty()));
    var read = after;
    step.change(room.id(), _ -> read);
    step.request(new SessionCommand.Read(room.id(), seen));
  }

  private static long lowest(Room room) {
    var anchor = room.reading().anchor();
    if (anchor.isEmpty()) return room.log().last();
    return anchor.get().hidden() == 0 ? anchor.get().seq() : anchor.get().seq() - 1;
  }

  /// Marks as unread from the selected message on, or else the latest one.
  static void markUnread(StepBuilder step) {
    if (step.currentRoom().isEmpty()) return;
    var room = step.currentRoom().get();
    if (!(step.connection instanceof ConnectionState.Online)) {
      step.error("This needs a connection to the server.");
      return;
    }
    if (!OwnPosts.offers(step, "inbox")) return;
    ThreadActions.toRoom(step);
    var from = room.shown().reading().selected();
    if (from.isEmpty()) from = latest(room);
    if (from.isEmpty()) {
      step.info("There is no message to mark as unread.");
      return;
    }
    long seq = from.getAsLong();
    step.changeCurrent(it ->
        it.with(it.listing().unreadFrom(OptionalLong.of(seq)))
            .with(it.reading().markedAt(seq - 1).held(true).selecting(OptionalLong.empty())));
    step.request(new SessionCommand.Unread(room.id(), seq));
    step.info("Marked as unread on all your devices, until you enter the room again.");
  }

  static void askToReadAll(StepBuilder step) {
    var names = step.rooms.stream().filter(Room::isUnread).map(Room::name).toList();
    if (names.isEmpty()) step.info("No room is unread.");
    else if (OwnPosts.offers(step, "inbox")) Confirmations.ask(step, new Question.ReadAll(names));
  }

  static void readAll(StepBuilder step) {
    for (var room : List.copyOf(step.rooms)) {
      if (!room.isUnread()) continue;
      long end = room.log().end();
      var unmarked = room.with(room.listing().unreadFrom(OptionalLong.empty()));
      var read = room.reading().readTo(end).counting(0, 0).held(false);
      step.change(room.id(), _ -> unmarked.with(read).marked());
      step.request(new SessionCommand.Read(room.id(), end));
    }
  }

  private static OptionalLong latest(Room room) {
    return room.log().entries().reversed().stream()
        .filter(Entry.Message.class::isInstance)
        .mapToLong(Entry::seq)
        .findFirst();
  }
}
