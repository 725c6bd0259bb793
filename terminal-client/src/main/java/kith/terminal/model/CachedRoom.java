package kith.terminal.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Inboxes.InboxRoom;

/// The data of a room that is kept on this machine between two runs.
///
/// @param row its row of the inbox when it was saved
/// @param entries its latest entries
public record CachedRoom(InboxRoom row, String topic, List<Entry> entries) {
  private static final int MAX_ENTRIES = 60;
  private static final int MAX_ROOMS = 30;

  public CachedRoom {
    entries = List.copyOf(entries);
  }

  /// The rooms of a model to keep, the current room first: rooms that the server listed in this
  /// run, as far as their latest entries are loaded.
  public static List<CachedRoom> of(Model model) {
    var others =
        model.rooms().stream().filter(room -> !model.current().equals(Optional.of(room.id())));
    return Stream.concat(model.currentRoom().stream(), others)
        .filter(CachedRoom::isKept)
        .limit(MAX_ROOMS)
        .map(CachedRoom::of)
        .toList();
  }

  private static boolean isKept(Room room) {
    var log = room.log();
    return !log.isUnlisted()
        && !log.entries().isEmpty()
        && log.reachesEnd()
        && !room.listing().isGone();
  }

  private static CachedRoom of(Room room) {
    var entries = room.log().entries();
    var listing = room.listing();
    var reading = room.reading();
    var row =
        new InboxRoom(
            room.id(),
            listing.with().isPresent() ? Optional.empty() : Optional.of(room.name()),
            Optional.empty(),
            listing.with(),
            room.log().end(),
            reading.read(),
            reading.unread(),
            listing.unreadFrom(),
            OptionalInt.of(reading.mentions()),
            listing.isMuted(),
            listing.latest(),
            Optional.empty());
    int from = Math.max(0, entries.size() - MAX_ENTRIES);
    return new CachedRoom(row, room.topic(), entries.subList(from, entries.size()));
  }

  public Room room() {
    var room = Room.of(row);
    return room.named(room.name(), topic).with(Timeline.cached(entries, row.seq()));
  }
}
