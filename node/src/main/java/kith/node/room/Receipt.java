package kith.node.room;

import java.util.Set;
import kith.node.CborSerializable;

/// How far one member has a room, on any device, and has read it; as far as others may know.
///
/// Forward only: whatever arrives, in whatever order and however often, the highest stays.
///
/// @param contactsOnly only contacts are to be told
/// @param hiddenFrom those who are not to be told; absent in what older nodes say
public record Receipt(
    String user, long delivered, long read, boolean contactsOnly, Set<String> hiddenFrom)
    implements CborSerializable {
  public Receipt {
    // what was read was there
    delivered = Math.max(delivered, read);
    hiddenFrom = hiddenFrom == null ? Set.of() : Set.copyOf(hiddenFrom);
  }

  /// Both were true once, `later` said last.
  public Receipt and(Receipt later) {
    return new Receipt(
        user,
        Math.max(delivered, later.delivered),
        Math.max(read, later.read),
        later.contactsOnly,
        later.hiddenFrom);
  }

  Receipt upTo(long last) {
    return delivered <= last
        ? this
        : new Receipt(user, last, Math.min(read, last), contactsOnly, hiddenFrom);
  }
}
