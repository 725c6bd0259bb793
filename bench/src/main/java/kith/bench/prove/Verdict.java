package kith.bench.prove;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Whether a cluster kept its promises, and whether that could be seen at all.
///
/// @param unanswered posts that were never acknowledged
/// @param doubts sentences that say why nothing is proven, even if no promise was broken
record Verdict(
    long written,
    long acknowledged,
    long unanswered,
    Map<Fault.Kind, Long> counts,
    List<Fault> faults,
    List<String> doubts) {

  /// @param nodes how many nodes must have given out each room's log
  static Verdict of(List<RoomHistory> rooms, int nodes) {
    var faults = rooms.stream().flatMap(room -> Checker.check(room).stream()).toList();
    var counts = new EnumMap<Fault.Kind, Long>(Fault.Kind.class);
    for (var kind : Fault.Kind.values()) counts.put(kind, 0L);
    for (var fault : faults) counts.merge(fault.kind(), 1L, Long::sum);
    var posts = rooms.stream().flatMap(room -> room.posts().stream()).toList();
    long acknowledged = posts.stream().filter(Post::isAcknowledged).count();
    return new Verdict(
        posts.size(),
        acknowledged,
        posts.size() - acknowledged,
        Map.copyOf(counts),
        faults,
        doubts(rooms, nodes));
  }

  private static List<String> doubts(List<RoomHistory> rooms, int nodes) {
    var doubts = new ArrayList<String>();
    if (rooms.isEmpty()) doubts.add("There was no room to write in.");
    for (var room : rooms) {
      if (room.posts().stream().noneMatch(Post::isAcknowledged))
        doubts.add("In room " + room.room() + " nothing was acknowledged.");
      if (room.readings().stream().allMatch(reading -> reading.received().isEmpty()))
        doubts.add("In room " + room.room() + " nobody was given anything.");
      if (room.logs().size() < nodes)
        doubts.add(
            "The log of room %s could be read back from %d of %d nodes."
                .formatted(room.room(), room.logs().size(), nodes));
    }
    return List.copyOf(doubts);
  }

  long count(Fault.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  boolean isKept() {
    return faults.isEmpty() && unanswered == 0 && doubts.isEmpty();
  }
}
