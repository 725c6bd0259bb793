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
public record Preferences(
    Optional<Boolean> rooms,
    Optional<Boolean> members,
    OptionalInt roomsColumns,
    OptionalInt membersColumns,
    List<String> order,
    Optional<String> room,
    Optional<Boolean> quiet) {
  public static final Preferences NONE =
      new Preferences(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  public Preferences {
    order = List.copyOf(order);
  }

  public Preferences showingRooms(boolean is) {
    return new Preferences(
        Optional.of(is), members, roomsColumns, membersColumns, order, room, quiet);
  }

  public Preferences showingMembers(boolean is) {
    return new Preferences(
        rooms, Optional.of(is), roomsColumns, membersColumns, order, room, quiet);
  }

  public Preferences withRoomsColumns(int columns) {
    return new Preferences(
        rooms, members, OptionalInt.of(columns), membersColumns, order, room, quiet);
  }

  public Preferences withMembersColumns(int columns) {
    return new Preferences(
        rooms, members, roomsColumns, OptionalInt.of(columns), order, room, quiet);
  }

  public Preferences ordered(List<String> newOrder) {
    return new Preferences(rooms, members, roomsColumns, membersColumns, newOrder, room, quiet);
  }

  public Preferences withRoom(String newRoom) {
    var last = Optional.of(newRoom);
    return new Preferences(rooms, members, roomsColumns, membersColumns, order, last, quiet);
  }

  public boolean isQuiet() {
    return quiet.orElse(false);
  }

  public Preferences quiet(boolean is) {
    return new Preferences(
        rooms, members, roomsColumns, membersColumns, order, room, Optional.of(is));
  }

  /// Without rooms that one is no member of any more.
  public Preferences retainingRooms(Collection<String> known) {
    return ordered(order.stream().filter(known::contains).toList());
  }
}
