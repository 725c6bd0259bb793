package kith.terminal.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What somebody arranged by keys, and finds again the next time.
///
/// @param rooms whether the rooms are shown; absent where the width of the terminal decides
/// @param roomsColumns how wide they are; absent for the usual
/// @param order the rooms as they were moved by hand; empty if they never were
/// @param room the room that was looked at last
/// @param quiet no notifications for now
public record Habits(
    Optional<Boolean> rooms,
    Optional<Boolean> members,
    OptionalInt roomsColumns,
    OptionalInt membersColumns,
    List<String> order,
    Optional<String> room,
    Optional<Boolean> quiet) {
  public static final Habits NONE =
      new Habits(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  public Habits {
    order = List.copyOf(order);
  }

  public Habits showingRooms(boolean is) {
    return new Habits(Optional.of(is), members, roomsColumns, membersColumns, order, room, quiet);
  }

  public Habits showingMembers(boolean is) {
    return new Habits(rooms, Optional.of(is), roomsColumns, membersColumns, order, room, quiet);
  }

  public Habits withRoomsColumns(int columns) {
    return new Habits(rooms, members, OptionalInt.of(columns), membersColumns, order, room, quiet);
  }

  public Habits withMembersColumns(int columns) {
    return new Habits(rooms, members, roomsColumns, OptionalInt.of(columns), order, room, quiet);
  }

  public Habits ordered(List<String> newOrder) {
    return new Habits(rooms, members, roomsColumns, membersColumns, newOrder, room, quiet);
  }

  public Habits in(String newRoom) {
    var last = Optional.of(newRoom);
    return new Habits(rooms, members, roomsColumns, membersColumns, order, last, quiet);
  }

  public boolean isQuiet() {
    return quiet.orElse(false);
  }

  public Habits quiet(boolean is) {
    return new Habits(rooms, members, roomsColumns, membersColumns, order, room, Optional.of(is));
  }

  /// Without rooms that one is no member of any more.
  public Habits among(Collection<String> known) {
    return ordered(order.stream().filter(known::contains).toList());
  }
}
