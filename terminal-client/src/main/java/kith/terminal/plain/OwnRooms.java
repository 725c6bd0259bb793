package kith.terminal.plain;

import java.util.Comparator;
import java.util.List;
import kith.protocol.rest.RoomAnswers.Room;
import kith.terminal.net.RoomFinder;
import kith.terminal.profile.PreferencesFile;
import kith.terminal.profile.Profile;

/// The rooms of the user, and their order.
record OwnRooms(RoomFinder finder, Profile profile) {

  private PreferencesFile preferences() {
    return PreferencesFile.in(profile.preferences());
  }

  boolean areSortedByHand() {
    return !preferences().preferences().order().isEmpty();
  }

  /// In the order of the user, or by name. Rooms that were never moved come last.
  List<Room> sorted() {
    var order = preferences().preferences().order();
    return finder.ownRooms().stream()
        .sorted(
            Comparator.<Room>comparingInt(
                    it -> {
                      int place = order.indexOf(it.room());
                      return place < 0 ? Integer.MAX_VALUE : place;
                    })
                .thenComparing(Room::title, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  /// Moves a room to a place in the list, which makes the order a manual one.
  void place(String name, int place) {
    var ids = sorted().stream().map(Room::room).toList();
    var file = preferences();
    file.keep(file.preferences().placed(ids, named(name).room(), place));
    file.write();
  }

  void sortAutomatically() {
    var file = preferences();
    file.keep(file.preferences().ordered(List.of()));
    file.write();
  }

  Room named(String name) {
    return finder
        .find(name)
        .filter(it -> it.role().isPresent())
        .orElseThrow(() -> Chat.refused("You are not in '" + name + "'. /join it first."));
  }
}
