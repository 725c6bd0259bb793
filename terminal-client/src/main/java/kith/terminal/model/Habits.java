package kith.terminal.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What somebody arranged by keys, and finds again the next time.
///
/// @param rooms whether the rooms are shown; absent where the width of the terminal decides
/// @param roomsColumns how wide they are; absent for the usual
/// @param order the rooms as they were moved by hand; empty if they never were
/// @param muted rooms that do not call
public record Habits(
    Optional<Boolean> rooms,
    Optional<Boolean> members,
    OptionalInt roomsColumns,
    OptionalInt membersColumns,
    List<String> order,
    List<String> muted) {
  public static final Habits NONE =
      new Habits(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          List.of(),
          List.of());

  public Habits {
    order = List.copyOf(order);
    muted = List.copyOf(muted);
  }

  public Habits showingRooms(boolean is) {
    return new Habits(Optional.of(is), members, roomsColumns, membersColumns, order, muted);
  }

  public Habits showingMembers(boolean is) {
    return new Habits(rooms, Optional.of(is), roomsColumns, membersColumns, order, muted);
  }

  public Habits withRoomsColumns(int columns) {
    return new Habits(rooms, members, OptionalInt.of(columns), membersColumns, order, muted);
  }

  public Habits withMembersColumns(int columns) {
    return new Habits(rooms, members, roomsColumns, OptionalInt.of(columns), order, muted);
  }

  public Habits ordered(List<String> newOrder) {
    return new Habits(rooms, members, roomsColumns, membersColumns, newOrder, muted);
  }

  public boolean isMuted(String room) {
    return muted.contains(room);
  }

  public Habits muting(String room, boolean is) {
    var changed = new ArrayList<>(muted);
    changed.remove(room);
    if (is) changed.add(room);
    return new Habits(rooms, members, roomsColumns, membersColumns, order, changed);
  }

  /// Without rooms that one is no member of any more.
  public Habits among(Collection<String> known) {
    return new Habits(
        rooms,
        members,
        roomsColumns,
        membersColumns,
        order.stream().filter(known::contains).toList(),
        muted.stream().filter(known::contains).toList());
  }
}
