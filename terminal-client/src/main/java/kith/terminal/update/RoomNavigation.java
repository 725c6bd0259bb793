package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.model.Editor;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Room;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;

/// Joins, leaves and switches rooms.
final class RoomNavigation {
  private RoomNavigation() {}

  static void enter(StepBuilder step, RoomAnswers.Room answer) {
    if (!isOpen(step, answer.room())) open(step, Room.of(answer));
    goTo(step, answer.room());
  }

  /// Whether the session keeps it open. Otherwise it is in the list for the sake of unsent posts.
  static boolean isOpen(StepBuilder step, String room) {
    return step.room(room).filter(it -> !it.name().isEmpty() && !it.listing().isGone()).isPresent();
  }

  static void open(StepBuilder step, Room fresh) {
    var known = step.room(fresh.id());
    step.rooms.removeIf(room -> room.id().equals(fresh.id()));
    step.rooms.add(
        fresh
            .withOwnPosts(known.map(Room::ownPosts).orElse(List.of()))
            .with(known.map(Room::draft).orElse(Editor.empty())));
    step.request(SessionCommand.Open.after(fresh.id(), fresh.log().end()));
  }

  /// The user is no longer a member. A room with unsent posts stays in the list until the user has
  /// retried or dropped them, and one in which the user is typing until the user goes elsewhere: a
  /// text for it must not be sent to another room.
  static void remove(StepBuilder step, String room) {
    step.request(new Request.SaveCache());
    boolean isTyping = step.isCurrent(room) && !step.editor.isEmpty();
    if (isTyping || step.room(room).filter(RoomNavigation::hasUnsent).isPresent()) {
      step.change(room, it -> it.with(it.listing().gone()));
      return;
    }
    var draft = step.room(room).map(it -> it.draft().text()).orElse("");
    step.rooms.removeIf(it -> it.id().equals(room));
    var other = Splits.onRemoved(step, room);
    if (!step.isCurrent(room)) {
      SubmittedLine.addToHistory(step, draft);
      return;
    }
    step.current = Optional.empty();
    step.editor = Editor.empty();
    other
        .or(() -> step.previous)
        .filter(it -> step.room(it).isPresent())
        .or(() -> step.rooms.stream().findFirst().map(Room::id))
        .ifPresent(next -> goTo(step, next));
  }

  static void removeIfGone(StepBuilder step, String room) {
    if (step.room(room).filter(it -> it.listing().isGone()).isPresent()) remove(step, room);
  }

  private static boolean hasUnsent(Room room) {
    return room.ownPosts().stream().anyMatch(own -> !own.isAcknowledged());
  }

  static void goTo(StepBuilder step, String room) {
    if (step.isCurrent(room) || step.room(room).isEmpty()) return;
    switchTo(step, room);
    var reading = step.room(room).orElseThrow().reading();
    // in a split screen, a room keeps its place while the other has the focus
    if (reading.anchor().isPresent()) return;
    boolean isBehind = reading.unread() > 0 || reading.marker() < reading.read();
    boolean isOnline = step.connection instanceof ConnectionState.Online;
    // an unloaded entry cannot be shown while offline
    if (isBehind && isOnline && step.conf.rooms().atUnread()) Scrolling.toUnread(step);
  }

  /// Keeps the user's place in the room.
  static void switchTo(StepBuilder step, String room) {
    if (step.isCurrent(room) || step.room(room).isEmpty()) return;
    ThreadActions.close(step);
    var draftText = step.editor;
    boolean isStillShown = Splits.isShown(step, room);
    step.changeCurrent(it ->
        it.marked().with(draftText).with(it.reading().held(false).selecting(OptionalLong.empty())));
    if (!isStillShown) step.changeCurrent(it -> it.with(it.reading().at(Optional.empty())));
    Splits.onSwitch(step, room);
    step.previous = step.current;
    step.current = Optional.of(room);
    var draft = step.room(room).map(Room::draft).orElse(Editor.empty());
    // text typed before the first room appeared is not lost
    step.editor = step.previous.isEmpty() ? draft.insert(draftText.text()) : draft;
    step.recalled = -1;
    // a notice from before the first room, such as an announcement, belongs to no room
    if (step.previous.isPresent() || step.notice.lines().contains(InboxUpdate.NO_ROOM))
      step.notice = Notice.NONE;
    step.preferences = step.preferences.withRoom(room);
    step.visited(CommandPalette.idOfRoom(room));
    step.previous.ifPresent(it -> removeIfGone(step, it));
    if (!Caching.isUnlisted(step, room)) step.request(new Request.LoadRoom(room));
  }

  static void goToNumber(StepBuilder step, int number) {
    step.numbers
        .room(number)
        .ifPresentOrElse(
            room -> goTo(step, room), () -> step.error("There is no room " + number + "."));
  }

  /// Passes over the other room of a split screen, which is already on the screen.
  static void move(StepBuilder step, int by) {
    if (step.rooms.isEmpty()) return;
    int next = Math.floorMod(indexHere(step) + by, step.rooms.size());
    if (Splits.isShown(step, step.rooms.get(next).id()))
      next = Math.floorMod(next + by, step.rooms.size());
    goTo(step, step.rooms.get(next).id());
  }

  private static int indexHere(StepBuilder step) {
    for (int index = 0; index < step.rooms.size(); index++) {
      if (step.isCurrent(step.rooms.get(index).id())) return index;
    }
    return 0;
  }

  /// Rooms with mentions come first, then the next unread room in the list.
  static void nextUnread(StepBuilder step) {
    int here = indexHere(step);
    Optional<Room> found = Optional.empty();
    for (int by = 1; by < step.rooms.size(); by++) {
      var room = step.rooms.get((here + by) % step.rooms.size());
      if (room.reading().mentions() > 0) {
        found = Optional.of(room);
        break;
      }
      if (found.isEmpty() && room.needsAttention()) found = Optional.of(room);
    }
    found.ifPresentOrElse(room -> goTo(step, room.id()), () -> ServerActions.nextUnread(step));
  }
}
