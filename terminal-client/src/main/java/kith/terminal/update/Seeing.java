package kith.terminal.update;

import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.model.Room;
import kith.terminal.model.Seek;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;

/// What was on the screen while somebody looked, and so is read.
final class Seeing {
  private Seeing() {}

  /// Whether what comes in this room is seen as it comes.
  static boolean isLive(Draft draft, Room room) {
    return draft.isHere(room.id())
        && looks(draft)
        && room.reading().isLive()
        && room.log().reachesEnd();
  }

  private static boolean looks(Draft draft) {
    return draft.eyes.hasFocus() && !draft.eyes.isIdle(draft.moment.now(), draft.conf.idleAfter());
  }

  static void settle(Draft draft) {
    if (!looks(draft) || draft.here().isEmpty()) return;
    var room = draft.here().get();
    var reading = room.reading();
    boolean isOnTheWay = reading.seek() instanceof Seek.Place;
    if (room.log().entries().isEmpty() || reading.isHeld() || isOnTheWay) return;
    long seen = lowest(room);
    var from = room.listed().unreadFrom();
    boolean isMarked = from.isPresent() && seen >= from.getAsLong();
    if (seen <= reading.read() && !isMarked) return;
    var now = reading.readTo(seen);
    if (seen >= room.log().end()) now = now.counting(0, 0);
    var after = room.with(now);
    if (isMarked) after = after.with(room.listed().unreadFrom(OptionalLong.empty()));
    var read = after;
    draft.change(room.id(), _ -> read);
    draft.want(new SessionCommand.Read(room.id(), seen));
  }

  private static long lowest(Room room) {
    var anchor = room.reading().anchor();
    if (anchor.isEmpty()) return room.log().last();
    return anchor.get().hidden() == 0 ? anchor.get().seq() : anchor.get().seq() - 1;
  }

  /// From the selected message on, else from the latest.
  static void markUnread(Draft draft) {
    if (draft.here().isEmpty()) return;
    var room = draft.here().get();
    if (!(draft.connection instanceof ConnectionState.Online)) {
      draft.complain("This needs the server, and it is not there now.");
      return;
    }
    var from = room.reading().selected();
    if (from.isEmpty()) from = latest(room);
    if (from.isEmpty()) {
      draft.say("There is no message to read again.");
      return;
    }
    long seq = from.getAsLong();
    draft.changeHere(it ->
        it.with(it.listed().unreadFrom(OptionalLong.of(seq)))
            .with(it.reading().markedAt(seq - 1).held(true).selecting(OptionalLong.empty())));
    draft.want(new SessionCommand.Unread(room.id(), seq));
    draft.say("Unread from here on, on all your devices, until you come in again.");
  }

  private static OptionalLong latest(Room room) {
    return room.log().entries().reversed().stream()
        .filter(Entry.Message.class::isInstance)
        .mapToLong(Entry::seq)
        .findFirst();
  }
}
