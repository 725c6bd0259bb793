package kith.node.feature.receipts;

import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.PrivacyPolicy;

/// How far one member has received and read a room on any device, and who may know.
///
/// Positions only move forward: the highest stays, in whatever order receipts arrive.
public record Receipt(String user, long delivered, long read, PrivacyPolicy policy)
    implements CborSerializable {
  public Receipt {
    // a message that was read was delivered
    delivered = Math.max(delivered, read);
  }

  public Receipt merge(Receipt other) {
    return new Receipt(
        user,
        Math.max(delivered, other.delivered),
        Math.max(read, other.read),
        policy.merge(other.policy));
  }

  /// The same receipt, at most up to `last`: no member is ahead of the room.
  Receipt upTo(long last) {
    return delivered <= last ? this : new Receipt(user, last, Math.min(read, last), policy);
  }

  /// Its size in user names: about four, and one for each blocked user.
  public int weight() {
    return 4 + policy.blocked().size();
  }

  Receipt with(PrivacyPolicy now) {
    return new Receipt(user, delivered, read, now);
  }
}
