package kith.node.privacy;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.ShownTo;

/// Who may know how far somebody has a room, by that one's own choice.
///
/// @param hiddenFrom those who may not, whatever else is chosen
/// @param version how often it was changed: of two, the higher is so
public record ReceiptPrivacy(ShownTo to, Set<String> hiddenFrom, long version)
    implements CborSerializable {
  public static final ReceiptPrivacy OPEN = new ReceiptPrivacy(ShownTo.EVERYONE, Set.of(), 0);

  public ReceiptPrivacy {
    hiddenFrom = Set.copyOf(hiddenFrom);
  }

  public static ReceiptPrivacy of(Relations circle) {
    return new ReceiptPrivacy(circle.privacy().receipts(), circle.blocked(), circle.version());
  }

  /// Of the same version both may be a part: what was said to a room has only its members.
  public ReceiptPrivacy and(ReceiptPrivacy other) {
    if (equals(other)) return this;
    if (version != other.version) return version > other.version ? this : other;
    var all = new HashSet<>(hiddenFrom);
    all.addAll(other.hiddenFrom);
    return new ReceiptPrivacy(to.compareTo(other.to) < 0 ? other.to : to, all, version);
  }

  /// May `other` know, to whom these are contacts?
  public boolean show(String user, String other, Set<String> contacts) {
    return !hiddenFrom.contains(other)
        && switch (to) {
          case EVERYONE -> true;
          case CONTACTS -> contacts.contains(user);
          case NOBODY -> false;
        };
  }

  public ReceiptPrivacy among(Predicate<String> isMember) {
    if (hiddenFrom.stream().allMatch(isMember)) return this;
    return new ReceiptPrivacy(
        to, hiddenFrom.stream().filter(isMember).collect(Collectors.toSet()), version);
  }
}
