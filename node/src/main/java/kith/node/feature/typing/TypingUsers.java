package kith.node.feature.typing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacyPolicy;

/// The users typing in one room now. Nothing is stored: a user whose report is not repeated
/// expires.
public final class TypingUsers {
  public record Typist(String user, PrivacyPolicy policy) implements CborSerializable {}

  private record Until(Typist typist, Instant end) {}

  private final Map<String, Until> byUser = new LinkedHashMap<>();

  /// True if this changes the list.
  public boolean add(Typist typist, Instant now) {
    var known = byUser.get(typist.user());
    if (known == null && byUser.size() >= Portions.TYPING_USERS) return false;
    byUser.put(typist.user(), new Until(typist, now.plus(Intervals.TYPING_LASTS)));
    return known == null || !known.typist().equals(typist);
  }

  public boolean remove(String user) {
    return byUser.remove(user) != null;
  }

  public boolean expire(Instant now) {
    return byUser.values().removeIf(it -> !it.end().isAfter(now));
  }

  public boolean isEmpty() {
    return byUser.isEmpty();
  }

  public List<Typist> all() {
    return byUser.values().stream().map(Until::typist).toList();
  }
}
