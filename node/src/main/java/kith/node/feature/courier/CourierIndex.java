package kith.node.feature.courier;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kith.node.feature.courier.Target.State;

/// The active targets of each room, as this node read them last. A room asks it after each commit,
/// so it costs a room without targets one lookup.
final class CourierIndex {
  private volatile Map<String, List<String>> targetsByRoom = Map.of();

  List<String> targets(String room) {
    return targetsByRoom.getOrDefault(room, List.of());
  }

  void read(List<Target> all) {
    targetsByRoom =
        all.stream()
            .filter(target -> target.state() == State.ACTIVE && !target.room().isEmpty())
            .collect(
                Collectors.groupingBy(
                    Target::room, Collectors.mapping(Target::id, Collectors.toUnmodifiableList())));
  }
}
