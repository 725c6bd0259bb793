package kith.terminal.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
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
    return with(it -> it.rooms = Optional.of(is));
  }

  public Preferences showingMembers(boolean is) {
    return with(it -> it.members = Optional.of(is));
  }

  public Preferences withRoomsColumns(int columns) {
    return with(it -> it.roomsColumns = OptionalInt.of(columns));
  }

  public Preferences withMembersColumns(int columns) {
    return with(it -> it.membersColumns = OptionalInt.of(columns));
  }

  /// With one room at another place.
  ///
  /// @param shown all rooms in their present order
  /// @param place 1 for the first
  public Preferences placed(List<String> shown, String moved, int place) {
    var ids = new ArrayList<>(shown);
    ids.remove(moved);
    ids.add(Math.clamp(place - 1L, 0, ids.size()), moved);
    return ordered(ids);
  }

  public Preferences ordered(List<String> newOrder) {
    return with(it -> it.order = newOrder);
  }

  public Preferences withRoom(String newRoom) {
    return with(it -> it.room = Optional.of(newRoom));
  }

  public Preferences visited(String id, Instant now) {
    var more = Frecency.visited(visits.orElse(List.of()), id, now);
    return with(it -> it.visits = Optional.of(more));
  }

  public Preferences withAnnouncement(long number) {
    return with(it -> it.announcement = OptionalLong.of(number));
  }

  public boolean isQuiet() {
    return quiet.orElse(false);
  }

  public Preferences quiet(boolean is) {
    return with(it -> it.quiet = Optional.of(is));
  }

  public Preferences with(Optional<Split> newSplit) {
    return with(it -> it.split = newSplit);
  }

  public Preferences withQuietHours(Optional<QuietHours> hours) {
    return with(it -> it.quietHours = hours);
  }

  /// Removes rooms that the user has left.
  public Preferences retainingRooms(Collection<String> known) {
    return ordered(order.stream().filter(known::contains).toList())
        .with(split.filter(it -> known.contains(it.other())));
  }

  public Preferences withNumbers(Map<String, Integer> numbersByRoom) {
    return with(it -> it.numbers = Optional.of(numbersByRoom));
  }

  private Preferences with(Consumer<Changes> change) {
    var changes = new Changes(this);
    change.accept(changes);
    return changes.made();
  }

  /// The fields, of which one changes.
  private static final class Changes {
    private Optional<Boolean> rooms;
    private Optional<Boolean> members;
    private OptionalInt roomsColumns;
    private OptionalInt membersColumns;
    private List<String> order;
    private Optional<String> room;
    private Optional<Boolean> quiet;
    private Optional<List<Frecency.Visit>> visits;
    private OptionalLong announcement;
    private Optional<Split> split;
    private Optional<QuietHours> quietHours;
    private Optional<Map<String, Integer>> numbers;

    Changes(Preferences before) {
      rooms = before.rooms;
      members = before.members;
      roomsColumns = before.roomsColumns;
      membersColumns = before.membersColumns;
      order = before.order;
      room = before.room;
      quiet = before.quiet;
      visits = before.visits;
      announcement = before.announcement;
      split = before.split;
      quietHours = before.quietHours;
      numbers = before.numbers;
    }

    Preferences made() {
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
          numbers);
    }
  }
}
