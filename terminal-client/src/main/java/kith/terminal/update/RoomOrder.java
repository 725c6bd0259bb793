package kith.terminal.update;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import kith.protocol.rest.Inboxes.Latest;
import kith.terminal.model.Room;
import kith.terminal.model.RoomNumbers;

/// The order of the rooms in the list.
final class RoomOrder {
  private static final Comparator<Room> BY_NAME =
      Comparator.<Room, Boolean>comparing(room -> room.name().isEmpty())
          .thenComparing(Room::name, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Room::id);

  private static final Comparator<Room> BY_LATEST =
      Comparator.<Room, Instant>comparing(
              room -> room.listing().latest().map(Latest::at).orElse(Instant.EPOCH))
          .reversed()
          .thenComparing(BY_NAME);

  private RoomOrder() {}

  static void apply(StepBuilder step) {
    var sorted = new ArrayList<>(step.rooms);
    if (!step.preferences.order().isEmpty()) sorted.sort(manual(step.preferences.order()));
    else sort(step, sorted);
    step.rooms.clear();
    step.rooms.addAll(sorted);
    number(step);
  }

  /// A number that moved while the user types it would open the wrong room. Rooms that are not
  /// listed yet have no number.
  private static void number(StepBuilder step) {
    var named = step.rooms.stream().filter(it -> !it.name().isEmpty()).map(Room::id).toList();
    var earlier = step.preferences.numbers().orElse(Map.of());
    step.numbers =
        step.preferences.order().isEmpty()
            ? step.numbers.updated(named, earlier)
            : RoomNumbers.inOrder(named);
    var kept = step.numbers.kept(earlier);
    if (!kept.equals(earlier)) step.preferences = step.preferences.withNumbers(kept);
  }

  /// Rooms that were never moved come last.
  private static Comparator<Room> manual(List<String> order) {
    return Comparator.<Room>comparingInt(
            room -> {
              int place = order.indexOf(room.id());
              return place < 0 ? Integer.MAX_VALUE : place;
            })
        .thenComparing(BY_NAME);
  }

  private static void sort(StepBuilder step, List<Room> rooms) {
    switch (step.conf.rooms().order()) {
      case NAME -> rooms.sort(BY_NAME);
      case UNREAD -> byUnread(step, rooms, BY_NAME);
      case RECENT -> byUnread(step, rooms, BY_LATEST);
    }
  }

  /// The current room keeps its position, so that it does not jump away as soon as it is read.
  private static void byUnread(StepBuilder step, List<Room> rooms, Comparator<Room> then) {
    int place = 0;
    while (place < rooms.size() && !step.isCurrent(rooms.get(place).id())) place++;
    var here = place < rooms.size() ? List.of(rooms.remove(place)) : List.<Room>of();
    rooms.sort(Comparator.<Room>comparingInt(RoomOrder::rank).thenComparing(then));
    rooms.addAll(Math.min(place, rooms.size()), here);
  }

  private static int rank(Room room) {
    if (room.reading().mentions() > 0) return 0;
    return room.needsAttention() ? 1 : 2;
  }

  /// Moves the current room by one position, which makes the order a manual one.
  static void move(StepBuilder step, int by) {
    var ids = new ArrayList<>(step.rooms.stream().map(Room::id).toList());
    int from = step.current.map(ids::indexOf).orElse(-1);
    if (from < 0 || from + by < 0 || from + by >= ids.size()) return;
    if (step.preferences.order().isEmpty())
      step.info("The room order is manual now; /order sorts the rooms automatically.");
    Collections.swap(ids, from, from + by);
    step.preferences = step.preferences.ordered(ids);
  }

  /// Moves a room to a place in the list, which makes the order a manual one.
  ///
  /// @param place 1 for the first
  static void place(StepBuilder step, String room, int place) {
    step.preferences =
        step.preferences.placed(step.rooms.stream().map(Room::id).toList(), room, place);
  }

  static void reset(StepBuilder step) {
    step.preferences = step.preferences.ordered(List.of());
    // the current room is sorted too
    step.rooms.sort(Comparator.<Room>comparingInt(room -> rank(room)).thenComparing(BY_NAME));
  }
}
