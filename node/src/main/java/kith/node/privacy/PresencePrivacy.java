package kith.node.privacy;

import java.util.HashSet;
import java.util.Set;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.ShownTo;

/// Who is to be told what of an account, by its own choice.
///
/// @param hiddenFrom those who are told nothing
/// @param version how often it was changed: of two, the higher is so
public record PresencePrivacy(
    Set<String> hiddenFrom, ShownTo lastSeen, ShownTo receipts, long version)
    implements CborSerializable {
  public static final PresencePrivacy NONE = new PresencePrivacy(Set.of(), ShownTo.EVERYONE);

  public PresencePrivacy {
    hiddenFrom = Set.copyOf(hiddenFrom);
  }

  public PresencePrivacy(Set<String> hiddenFrom, ShownTo lastSeen) {
    this(hiddenFrom, lastSeen, ShownTo.EVERYONE, 0);
  }

  public static PresencePrivacy of(Relations circle) {
    return new PresencePrivacy(
        circle.blocked(),
        circle.privacy().lastSeen(),
        circle.privacy().receipts(),
        circle.version());
  }

  /// What was chosen last; the stricter of both if that cannot be told.
  public PresencePrivacy and(PresencePrivacy other) {
    if (equals(other)) return this;
    if (version != other.version) return version > other.version ? this : other;
    var all = new HashSet<>(hiddenFrom);
    all.addAll(other.hiddenFrom);
    return new PresencePrivacy(
        all, stricter(lastSeen, other.lastSeen), stricter(receipts, other.receipts), version);
  }

  private static ShownTo stricter(ShownTo one, ShownTo other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
