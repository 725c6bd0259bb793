package kith.node.core.account;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The newest access token that each device has used. A device that has used its new tokens has
/// received the answer to its refresh, and does not need to repeat it.
///
/// Not persisted: when the account's node dies, a refresh can be repeated until the device uses its
/// tokens again.
final class UsedTokens {

  private final Map<String, Long> generations = new HashMap<>();

  void add(String device, long generation) {
    generations.merge(device, generation, Math::max);
  }

  boolean contain(String device, long generation) {
    return generations.getOrDefault(device, 0L) >= generation;
  }

  void keep(Set<String> devices) {
    generations.keySet().retainAll(devices);
  }
}
