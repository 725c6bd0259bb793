package kith.node.presence;

import java.util.HashSet;
import java.util.Set;
import kith.node.CborSerializable;
import kith.node.people.Circle;
import kith.protocol.ShownTo;

/// Who is to be told what of an account, by its own choice.
///
/// @param hiddenFrom those who are told nothing
public record Discretion(Set<String> hiddenFrom, ShownTo lastSeen) implements CborSerializable {
  public static final Discretion NONE = new Discretion(Set.of(), ShownTo.EVERYONE);

  public Discretion {
    hiddenFrom = Set.copyOf(hiddenFrom);
  }

  public static Discretion of(Circle circle) {
    return new Discretion(circle.blocked(), circle.privacy().lastSeen());
  }

  /// The stricter of both.
  Discretion and(Discretion other) {
    if (equals(other)) return this;
    var all = new HashSet<>(hiddenFrom);
    all.addAll(other.hiddenFrom);
    return new Discretion(all, lastSeen.compareTo(other.lastSeen) < 0 ? other.lastSeen : lastSeen);
  }
}
