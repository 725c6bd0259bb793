package kith.terminal.update;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import kith.protocol.rest.Inboxes.Latest;
import kith.terminal.model.Room;

/// In which order the rooms stand.
final class Sorting {
  private static final Comparator<Room> BY_NAME =
      Comparator.<Room, Boolean>comparing(room -> room.name().isEmpty())
          .thenComparing(Room::name, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Room::id);

  private static final Comparator<Room> BY_LATEST =
      Comparator.<Room, Instant>comparing(
              room -> room.listed().latest().map(Latest::at).orElse(Instant.EPOCH))
          .reversed()
          .thenComparing(BY_NAME);

  private Sorting() {}

  static void settle(Draft draft) {
    var sorted = new ArrayList<>(draft.rooms);
    if (!draft.habits.order().isEmpty()) sorted.sort(byHand(draft.habits.order()));
    else sort(draft, sorted);
    draft.rooms.clear();
    draft.rooms.addAll(sorted);
  }

  /// Rooms that were never moved come last.
  private static Comparator<Room> byHand(List<String> order) {
    return Comparator.<Room>comparingInt(
            room -> {
              int place = order.indexOf(room.id());
              return place < 0 ? Integer.MAX_VALUE : place;
            })
        .thenComparing(BY_NAME);
  }

  private static void sort(Draft draft, List<Room> rooms) {
    switch (draft.conf.rooms().order()) {
      case NAME -> rooms.sort(BY_NAME);
      case UNREAD -> byUnread(draft, rooms, BY_NAME);
      case RECENT -> byUnread(draft, rooms, BY_LATEST);
    }
  }

  /// The current room stays where it is: it must not jump away because it was just read.
  private static void byUnread(Draft draft, List<Room> rooms, Comparator<Room> then) {
    int place = 0;
    while (place < rooms.size() && !draft.isHere(rooms.get(place).id())) place++;
    var here = place < rooms.size() ? List.of(rooms.remove(place)) : List.<Room>of();
    rooms.sort(Comparator.<Room>comparingInt(Sorting::rank).thenComparing(then));
    rooms.addAll(Math.min(place, rooms.size()), here);
  }

  private static int rank(Room room) {
    if (room.reading().mentions() > 0) return 0;
    return room.calls() ? 1 : 2;
  }

  /// Moves the current room by one, which makes the order one's own.
  static void move(Draft draft, int by) {
    var ids = new ArrayList<>(draft.rooms.stream().map(Room::id).toList());
    int from = draft.current.map(ids::indexOf).orElse(-1);
    if (from < 0 || from + by < 0 || from + by >= ids.size()) return;
    if (draft.habits.order().isEmpty()) draft.say("The order is yours now; /order gives it back.");
    Collections.swap(ids, from, from + by);
    draft.habits = draft.habits.ordered(ids);
  }

  static void giveBack(Draft draft) {
    draft.habits = draft.habits.ordered(List.of());
    // so that the current room goes where it belongs, too
    draft.rooms.sort(Comparator.<Room>comparingInt(room -> rank(room)).thenComparing(BY_NAME));
  }
}
