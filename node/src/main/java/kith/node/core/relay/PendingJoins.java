package kith.node.core.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;

/// Sessions that wait for the room to admit or refuse their user. Each waits at most once, and
/// until its deadline.
final class PendingJoins {
  private record Opening(RoomRelay.Open open, Instant deadline) {}

  private final Map<String, List<Opening>> openingsByUser = new HashMap<>();

  /// True if no other session waits for the same answer.
  boolean add(RoomRelay.Open open, Instant deadline) {
    forget(open.session());
    var theirs = openingsByUser.computeIfAbsent(open.user(), _ -> new ArrayList<>());
    theirs.add(new Opening(open, deadline));
    return theirs.size() == 1;
  }

  void forget(ActorRef<RoomRelay.ToSession> session) {
    remove(opening -> opening.open().session().equals(session));
  }

  /// Removes and returns the opens that wait for an answer about `user`.
  List<RoomRelay.Open> answered(String user) {
    var theirs = openingsByUser.remove(user);
    return theirs == null ? List.of() : theirs.stream().map(Opening::open).toList();
  }

  /// Removes and returns the opens past their deadline.
  List<RoomRelay.Open> expired(Instant now) {
    Predicate<Opening> isLate = opening -> !opening.deadline().isAfter(now);
    var late = select(isLate);
    remove(isLate);
    return late;
  }

  Set<String> users() {
    return Set.copyOf(openingsByUser.keySet());
  }

  List<RoomRelay.Open> all() {
    return select(_ -> true);
  }

  boolean isEmpty() {
    return openingsByUser.isEmpty();
  }

  private List<RoomRelay.Open> select(Predicate<Opening> which) {
    return openingsByUser.values().stream()
        .flatMap(List::stream)
        .filter(which)
        .map(Opening::open)
        .toList();
  }

  private void remove(Predicate<Opening> which) {
    openingsByUser.values().forEach(openings -> openings.removeIf(which));
    openingsByUser.values().removeIf(List::isEmpty);
  }
}
