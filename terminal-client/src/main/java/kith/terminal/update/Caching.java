package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.terminal.model.CachedRoom;
import kith.terminal.model.Editor;
import kith.terminal.model.Room;

/// The rooms saved by the last run: shown until the server lists the rooms, and marked as saved.
/// Each keeps its saved entries only until the first page of it arrives.
final class Caching {
  private Caching() {}

  /// Too late once the server has listed the rooms.
  static void restore(StepBuilder step, List<CachedRoom> rooms) {
    if (step.rooms.stream().anyMatch(room -> !room.name().isEmpty())) return;
    for (var cached : rooms) add(step, cached.room());
    step.preferences
        .room()
        .filter(id -> step.room(id).filter(room -> room.log().isCached()).isPresent())
        .or(() -> rooms.stream().findFirst().map(it -> it.row().room()))
        .ifPresent(room -> RoomNavigation.goTo(step, room));
  }

  /// Unsent posts and drafts of the room may already be there.
  private static void add(StepBuilder step, Room room) {
    var known = step.room(room.id());
    step.rooms.removeIf(it -> it.id().equals(room.id()));
    step.rooms.add(
        room.withOwnPosts(known.map(Room::ownPosts).orElse(List.of()))
            .with(known.map(Room::draft).orElse(Editor.empty())));
  }

  /// Before the list of the server: the current room is entered again, from that list.
  static void leaveCurrent(StepBuilder step) {
    if (!step.currentRoom().filter(room -> room.log().isUnlisted()).isPresent()) return;
    var draft = step.editor;
    step.changeCurrent(room -> room.with(draft));
    step.editor = Editor.empty();
    step.current = Optional.empty();
  }

  /// Whether the room is shown from the file, because the server has not listed it yet.
  static boolean isUnlisted(StepBuilder step, String room) {
    return step.room(room).filter(it -> it.log().isUnlisted()).isPresent();
  }

  /// A saved room whose row has arrived.
  static Room confirmed(StepBuilder step, InboxRoom row) {
    var saved = step.room(row.room()).orElseThrow();
    return Room.of(row)
        .named(row.title().orElse(saved.name()), saved.topic())
        .with(saved.log().listed(row.seq()));
  }

  /// Data that the user must not see again is removed from the file at once, not at the next
  /// periodic save.
  static void onEntries(StepBuilder step, List<Entry> entries) {
    boolean isTakenBack =
        entries.stream()
            .anyMatch(it -> it instanceof Entry.Redacted || it instanceof Entry.Truncated);
    if (isTakenBack) step.request(new Request.SaveCache());
  }
}
