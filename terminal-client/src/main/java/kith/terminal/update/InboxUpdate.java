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

/// Applies the account's list of rooms, which is the same on all devices.
final class InboxUpdate {
  private InboxUpdate() {}

  static void apply(StepBuilder step, SessionEvent.Inbox inbox) {
    for (var row : inbox.rooms()) listed(step, row);
    for (var room : inbox.removed()) RoomNavigation.remove(step, room);
    inbox.all().ifPresent(ids -> reconcile(step, ids));
  }

  private static void reconcile(StepBuilder step, Set<String> ids) {
    // keep a removed room with unsent posts, so that their refusal is shown
    var gone = step.rooms.stream().filter(it -> !ids.contains(it.id()) && it.ownPosts().isEmpty());
    gone.map(Room::id).toList().forEach(room -> RoomNavigation.remove(step, room));
    step.preferences = step.preferences.retainingRooms(ids);
    RoomOrder.apply(step);
    enter(step);
  }

  private static void listed(StepBuilder step, InboxRoom row) {
    var known = step.room(row.room());
    if (known.isPresent() && !known.get().name().isEmpty()) {
      step.change(row.room(), room -> changed(step, room, row));
      return;
    }
    // an unsent post of an earlier run may be all that is known of a room
    step.rooms.removeIf(room -> room.id().equals(row.room()));
    var fresh = Room.of(row).withOwnPosts(known.map(Room::ownPosts).orElse(List.of()));
    step.rooms.add(fresh);
    step.request(SessionCommand.Open.after(fresh.id(), fresh.log().end()));
  }

  private static Room changed(StepBuilder step, Room before, InboxRoom row) {
    var room = before.listed(row);
    if (step.isCurrent(room.id())) {
      // the entries arrive a moment later and are marked as read then
      return ReadTracking.isLive(step, before) ? room.with(room.reading().counting(0, 0)) : room;
    }
    return room.marked();
  }

  private static void enter(StepBuilder step) {
    if (step.currentRoom().isEmpty()) {
      step.current = Optional.empty();
      step.preferences
          .room()
          .filter(id -> step.room(id).isPresent())
          .or(() -> step.rooms.stream().findFirst().map(Room::id))
          .ifPresent(room -> RoomNavigation.goTo(step, room));
    }
    if (!step.rooms.isEmpty()) return;
    step.notice =
        new Notice(
            List.of(
                "You are in no room yet.",
                "/rooms lists the public rooms, /join NAME joins one,",
                "/create NAME creates one. " + step.hint(Action.HELP) + " shows all keys."),
            false);
  }
}
