package kith.node.feature.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;
import kith.node.platform.config.Portions;

/// Splits lists for messages between nodes, which have a maximum size.
final class MessageParts {
  private MessageParts() {}

  /// @param names the number of user names in an element
  static <T> List<List<T>> of(Collection<T> all, ToIntFunction<T> names) {
    var parts = new ArrayList<List<T>>();
    var weight = Portions.MESSAGE_NAMES;
    for (var one : all) {
      weight += names.applyAsInt(one);
      if (weight > Portions.MESSAGE_NAMES) {
        parts.add(new ArrayList<>());
        weight = names.applyAsInt(one);
      }
      parts.getLast().add(one);
    }
    return parts;
  }
}
