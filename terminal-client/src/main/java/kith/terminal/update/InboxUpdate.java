package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.terminal.keys.Action;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picker;
import kith.terminal.model.Room;
import kith.terminal.net.SessionEvent;

/// Applies the account's list of rooms, which is the same on all devices.
final class InboxUpdate {
  static final String NO_ROOM = "You are in no room yet.";

  private InboxUpdate() {}

  static void apply(StepBuilder step, SessionEvent.Inbox inbox) {
    Caching.leaveCurrent(step);
    // not for the rooms of the first list, which are those of earlier sessions
    boolean isNews =
        inbox.all().isEmpty() && (step.current.isPresent() || inbox.rooms().size() == 1);
    boolean wasInNoRoom = step.rooms.isEmpty();
    for (var row : inbox.rooms()) {
      if (isNews && step.room(row.room()).isEmpty()) Notifications.onConversation(step, row);
      listed(step, row);
    }
    for (var room : inbox.removed()) {
      var name = step.room(room).filter(it -> !it.listing().isGone()).map(Room::name);
      RoomNavigation.remove(step, room);
      name.ifPresent(it -> step.info(it + ": you are no longer a member."));
    }
    inbox.all().ifPresent(ids -> reconcile(step, ids));
    // a new account joins the lobby a moment after its sign-up; parts of a first list have more
    // rooms
    if (inbox.all().isEmpty() && wasInNoRoom && step.rooms.size() == 1) enterFirst(step);
    Moderations.listed(step);
  }

  private static void reconcile(StepBuilder step, Set<String> ids) {
    var gone = step.rooms.stream().filter(it -> !ids.contains(it.id()));
    gone.map(Room::id).toList().forEach(room -> RoomNavigation.remove(step, room));
    step.preferences = step.preferences.retainingRooms(ids);
    RoomOrder.apply(step);
    enter(step);
    Splits.load(step);
  }

  /// Shows the first room of a user who was in none, and keeps the typed text.
  private static void enterFirst(StepBuilder step) {
    Pickers.closeStart(step);
    RoomNavigation.goTo(step, step.rooms.getFirst().id());
  }

  private static void listed(StepBuilder step, InboxRoom row) {
    if (Caching.isUnlisted(step, row.room()))
      RoomNavigation.open(step, Caching.confirmed(step, row));
    else if (RoomNavigation.isOpen(step, row.room()))
      step.change(row.room(), room -> changed(step, room, row));
    else RoomNavigation.open(step, Room.of(row));
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
                NO_ROOM,
                "/rooms lists the public rooms, /join NAME joins one,",
                "/create NAME creates one. " + step.hint(Action.HELP) + " shows all keys."),
            false);
    if (step.overlay instanceof Overlay.None && step.editor.isEmpty())
      Pickers.open(step, Picker.Kind.START, "");
  }
}
