package kith.node.feature.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;

/// Parts of what is to be said between nodes, where a message must not be too large to be sent.
final class MessageParts {
  /// Names, of at most 128 bytes each.
  private static final int MOST = 2_000;

  private MessageParts() {}

  /// @param names how many there are in each
  static <T> List<List<T>> of(Collection<T> all, ToIntFunction<T> names) {
    var portions = new ArrayList<List<T>>();
    var weight = MOST;
    for (var one : all) {
      weight += names.applyAsInt(one);
      if (weight > MOST) {
        portions.add(new ArrayList<>());
        weight = names.applyAsInt(one);
      }
      portions.getLast().add(one);
    }
    return portions;
  }
}
