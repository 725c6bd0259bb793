package kith.terminal.model;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.rest.Notifications.QuietHours;

/// The settings made by keys. They are saved and restored at the next start.
///
/// @param rooms whether to show the rooms pane; absent to decide by the terminal's width
/// @param roomsColumns the width of the rooms pane; absent for the default
/// @param order the manual order of the rooms; empty if there is none
/// @param room the room that was shown last
/// @param quiet notifications are off
/// @param announcement the last announcement to everybody that was shown
/// @param visits the things that the user chose or entered, with their frequency
/// @param split the other room on the screen; absent if there is one room
/// @param quietHours those of the account, as last reported by the server
/// @param numbers the numbers of the rooms, by id
public record Preferences(
    Optional<Boolean> rooms,
    Optional<Boolean> members,
    OptionalInt roomsColumns,
    OptionalInt membersColumns,
    List<String> order,
    Optional<String> room,
    Optional<Boolean> quiet,
    Optional<List<Frecency.Visit>> visits,
    OptionalLong announcement,
    Optional<Split> split,
    Optional<QuietHours> quietHours,
    Optional<Map<String, Integer>> numbers) {
  public static final Preferences NONE =
      new Preferences(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public Preferences {
    order = List.copyOf(order);
    visits = visits.map(List::copyOf);
    numbers = numbers.map(Map::copyOf);
  }

  public Preferences showingRooms(boolean is) {
    return new Preferences(
        Optional.of(is),
        members,
        roomsColumns,
        membersColumns,
        order,
        room,
        quiet,
        visits,
        announcement,
        split,
        quietHours,
        numbers);
  }

  public Preferences showingMembers(boolean is) {
    return new Preferences(
        rooms,
        Optional.of(is),
        roomsColumns,
        membersColumns,
        order,
        room,
        quiet,
        visits,
        announcement,
        split,
        quietHours,
        numbers);
  }

  public Preferences withRoomsColumns(int columns) {
    return new Preferences(
        rooms,
        members,
        OptionalInt.of(columns),
        membersColumns,
        order,
        room,
        quiet,
        visits,
        announcement,
        split,
        quietHours,
        numbers);
  }

  public Preferences withMembersColumns(int columns) {
    return new Preferences(
        rooms,
        members,
        roomsColumns,
        OptionalInt.of(columns),
        order,
        room,
        quiet,
        visits,
        announcement,
        split,
        quietHours,
        numbers);
  }

  public Preferences ordered(List<String> newOrder) {
    return new Preferences(
        rooms,
        members,
        roomsColumns,
        membersColumns,
        newOrder,
        room,
        quiet,
        visits,
        announcement,
        split,
        quietHours,
        numbers);
  }

  public Preferences withRoom(String newRoom) {
    var last = Optional.of(newRoom);
    return new Preferences(
        rooms,
        members,
        roomsColumns,
        membersColumns,
        order,
        last,
        quiet,
        visits,
        announcement,
        split,
        quietHours,
        numbers);
  }

  public Preferences visited(String id, Instant now) {
    var more = Frecency.visited(visits.orElse(List.of()), id, now);
    return new Preferences(
        rooms,
        members,
        roomsColumns,
        membersColumns,
        order,
        room,
        quiet,
        Optional.of(more),
        announcement,
        split,
        quietHours,
        numbers);
  }

  public Preferences withAnnouncement(long number) {
    return new Preferences(
        rooms,
        members,
        roomsColumns,
        membersColumns,
        order,
        room,
        quiet,
        visits,
        OptionalLong.of(number),
        split,
        quietHours,
        numbers);
  }

  public boolean isQuiet() {
    return quiet.orElse(false);
  }

  public Preferences quiet(boolean is) {
    return new Preferences(
        rooms,
        members,
        roomsColumns,
        membersColumns,
        order,
        room,
        Optional.of(is),
        visits,
        announcement,
        split,
        quietHours,
        numbers);
  }

  public Preferences with(Optional<Split> newSplit) {
    return new Preferences(
        rooms,
        members,
        roomsColumns,
        membersColumns,
        order,
        room,
        quiet,
        visits,
        announcement,
        newSplit,
        quietHours,
        numbers);
  }

  public Preferences withQuietHours(Optional<QuietHours> hours) {
    return new Preferences(
        rooms,
        members,
        roomsColumns,
        membersColumns,
        order,
        room,
        quiet,
        visits,
        announcement,
        split,
        hours,
        numbers);
  }

  /// Removes rooms that the user has left.
  public Preferences retainingRooms(Collection<String> known) {
    return ordered(order.stream().filter(known::contains).toList())
        .with(split.filter(it -> known.contains(it.other())));
  }

  public Preferences withNumbers(Map<String, Integer> numbersByRoom) {
    return new Preferences(
        rooms,
        members,
        roomsColumns,
        membersColumns,
        order,
        room,
        quiet,
        visits,
        announcement,
        split,
        quietHours,
        Optional.of(numbersByRoom));
  }
}
