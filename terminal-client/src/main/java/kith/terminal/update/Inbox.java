package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.terminal.keys.Action;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Room;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;

/// What the screen does about the server's list of rooms, which is the same on all devices.
final class Inbox {
  private Inbox() {}

  static void apply(Draft draft, SessionEvent.Inbox inbox) {
    for (var row : inbox.rooms()) listed(draft, row);
    for (var room : inbox.removed()) Rooms.forget(draft, room);
    inbox.all().ifPresent(ids -> settle(draft, ids));
  }

  private static void settle(Draft draft, Set<String> ids) {
    // a post may wait for a room that is gone: its refusal is still to be seen
    var gone = draft.rooms.stream().filter(it -> !ids.contains(it.id()) && it.own().isEmpty());
    gone.map(Room::id).toList().forEach(room -> Rooms.forget(draft, room));
    draft.habits = draft.habits.among(ids);
    Sorting.settle(draft);
    enter(draft);
  }

  private static void listed(Draft draft, InboxRoom row) {
    var known = draft.room(row.room());
    if (known.isPresent() && !known.get().name().isEmpty()) {
      draft.change(row.room(), room -> changed(draft, room, row));
      return;
    }
    // posts of an earlier run may wait in a room of which nothing else is known
    draft.rooms.removeIf(room -> room.id().equals(row.room()));
    var fresh = Room.of(row).withOwn(known.map(Room::own).orElse(List.of()));
    draft.rooms.add(fresh);
    draft.want(SessionCommand.Open.after(fresh.id(), fresh.log().end()));
  }

  private static Room changed(Draft draft, Room before, InboxRoom row) {
    var room = before.listed(row);
    if (draft.isHere(room.id())) {
      // the entries themselves come a moment later, and are read as they come
      return Seeing.isLive(draft, before) ? room.with(room.reading().counting(0, 0)) : room;
    }
    return room.marked();
  }

  private static void enter(Draft draft) {
    if (draft.here().isEmpty()) {
      draft.current = Optional.empty();
      draft
          .habits
          .room()
          .filter(id -> draft.room(id).isPresent())
          .or(() -> draft.rooms.stream().findFirst().map(Room::id))
          .ifPresent(room -> Rooms.goTo(draft, room));
    }
    if (!draft.rooms.isEmpty()) return;
    draft.notice =
        new Notice(
            List.of(
                "You are in no room yet.",
                "/rooms lists the public ones, /join NAME goes in,",
                "/create NAME makes a new one. " + draft.hint(Action.HELP) + " shows all keys."),
            false);
  }
}
