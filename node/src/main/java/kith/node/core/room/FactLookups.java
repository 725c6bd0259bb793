package kith.node.core.room;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// Commands about earlier messages, and posts that may repeat one, which are decided after those
/// messages were looked up.
///
/// Each command is looked up and committed before the next, so that two are never decided on the
/// same outdated facts. At most two commands of each sender wait: the one being looked up, and the
/// latest.
final class FactLookups {
  private final Queue<Room.Amending> waiting = new ArrayDeque<>();

  /// The command to look up now, unless another is under way.
  Optional<Room.Amending> add(Room.Amending command) {
    var underWay = waiting.peek();
    if (underWay == null) {
      waiting.add(command);
      return Optional.of(command);
    }
    if (!underWay.isSameAs(command)) {
      // a retry of a waiting command, or one that replaces it
      waiting.removeIf(it -> !it.isSameAs(underWay) && it.sender().equals(command.sender()));
      waiting.add(command);
    }
    return Optional.empty();
  }

  /// Ends the lookup under way. Returns the command to look up now.
  Optional<Room.Amending> next() {
    waiting.remove();
    return Optional.ofNullable(waiting.peek());
  }
}
