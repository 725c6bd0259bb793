package kith.bench.prove;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a cluster kept its promises, and whether the data suffices for a verdict.
///
/// @param unanswered posts that were never acknowledged
/// @param notCompared rooms of which no node returned the log
/// @param doubts reasons why the run proves nothing, even without a violation
record Verdict(
    long written,
    long acknowledged,
    long unanswered,
    Map<Violation.Kind, Long> counts,
    @JsonProperty("faults") List<Violation> violations,
    List<String> notCompared,
    List<String> doubts) {

  /// @param nodes names of the nodes that must have returned each room's log
  static Verdict of(List<RoomHistory> rooms, List<String> nodes) {
    var violations = rooms.stream().flatMap(room -> Checker.check(room).stream()).toList();
    var counts = new EnumMap<Violation.Kind, Long>(Violation.Kind.class);
    for (var kind : Violation.Kind.values()) counts.put(kind, 0L);
    for (var violation : violations) counts.merge(violation.kind(), 1L, Long::sum);
    var posts = rooms.stream().flatMap(room -> room.posts().stream()).toList();
    long acknowledged = posts.stream().filter(Post::isAcknowledged).count();
    return new Verdict(
        posts.size(),
        acknowledged,
        posts.size() - acknowledged,
        Map.copyOf(counts),
        violations,
        rooms.stream().filter(it -> it.logs().isEmpty()).map(RoomHistory::room).toList(),
        doubts(rooms, nodes));
  }

  private static List<String> doubts(List<RoomHistory> rooms, List<String> nodes) {
    var doubts = new ArrayList<String>();
    if (rooms.isEmpty()) doubts.add("The run had no room.");
    for (var room : rooms) {
      if (room.posts().stream().noneMatch(Post::isAcknowledged))
        doubts.add("In room " + room.room() + " no post was acknowledged.");
      if (room.deliveryLogs().stream().allMatch(deliveryLog -> deliveryLog.received().isEmpty()))
        doubts.add("In room " + room.room() + " no reader received an entry.");
      missing(room, nodes).ifPresent(doubts::add);
    }
    return List.copyOf(doubts);
  }

  private static Optional<String> missing(RoomHistory room, List<String> nodes) {
    var missing = new ArrayList<>(nodes);
    room.logs().forEach(log -> missing.remove(log.node()));
    if (missing.isEmpty()) return Optional.empty();
    if (room.logs().isEmpty())
      return Optional.of("Room " + room.room() + " was not compared: no node returned its log.");
    return Optional.of(
        "Room %s was compared without the log of %s, which did not return it."
            .formatted(room.room(), String.join(", ", missing)));
  }

  long count(Violation.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  boolean isKept() {
    return violations.isEmpty() && unanswered == 0 && doubts.isEmpty();
  }
}
