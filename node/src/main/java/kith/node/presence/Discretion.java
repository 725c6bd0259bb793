package kith.node.presence;

import java.util.HashSet;
import java.util.Set;
import kith.node.people.Circle;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.ShownTo;

/// Who is to be told what of an account, by its own choice.
///
/// @param hiddenFrom those who are told nothing
/// @param version how often it was changed: of two, the higher is so
public record Discretion(Set<String> hiddenFrom, ShownTo lastSeen, ShownTo receipts, long version)
    implements CborSerializable {
  public static final Discretion NONE = new Discretion(Set.of(), ShownTo.EVERYONE);

  public Discretion {
    hiddenFrom = Set.copyOf(hiddenFrom);
  }

  public Discretion(Set<String> hiddenFrom, ShownTo lastSeen) {
    this(hiddenFrom, lastSeen, ShownTo.EVERYONE, 0);
  }

  public static Discretion of(Circle circle) {
    return new Discretion(
        circle.blocked(),
        circle.privacy().lastSeen(),
        circle.privacy().receipts(),
        circle.version());
  }

  /// What was chosen last; the stricter of both if that cannot be told.
  Discretion and(Discretion other) {
    if (equals(other)) return this;
    if (version != other.version) return version > other.version ? this : other;
    var all = new HashSet<>(hiddenFrom);
    all.addAll(other.hiddenFrom);
    return new Discretion(
        all, stricter(lastSeen, other.lastSeen), stricter(receipts, other.receipts), version);
  }

  private static ShownTo stricter(ShownTo one, ShownTo other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
