package kith.node.feature.courier;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.feature.courier.Target.State;

/// The active targets of each room, as this node last read them. A room reads it after each commit,
/// so a room without targets pays one lookup.
final class CourierIndex {
  private volatile Map<String, List<String>> targetsByRoom = Map.of();

  List<String> targets(String room) {
    return targetsByRoom.getOrDefault(room, List.of());
  }

  /// @param roomsByTarget those of targets for all rooms of an account
  void read(List<Target> all, Map<String, List<String>> roomsByTarget) {
    targetsByRoom =
        all.stream()
            .filter(target -> target.state() == State.ACTIVE)
            .flatMap(
                target -> rooms(target, roomsByTarget).map(room -> Map.entry(room, target.id())))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toUnmodifiableList())));
  }

  private static Stream<String> rooms(Target target, Map<String, List<String>> roomsByTarget) {
    return target.room().isEmpty()
        ? roomsByTarget.getOrDefault(target.id(), List.of()).stream()
        : Stream.of(target.room());
  }
}
