package kith.node.feature.receipts;

import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.ReceiptPrivacy;

/// How far one member has a room, on any device, and has read it, and who may know.
///
/// Forward only: whatever arrives, in whatever order and however often, the highest stays.
public record Receipt(String user, long delivered, long read, ReceiptPrivacy terms)
    implements CborSerializable {
  public Receipt {
    // what was read was there
    delivered = Math.max(delivered, read);
  }

  /// Both were true once.
  public Receipt and(Receipt other) {
    return new Receipt(
        user,
        Math.max(delivered, other.delivered),
        Math.max(read, other.read),
        terms.and(other.terms));
  }

  /// Nobody is further than the room.
  Receipt upTo(long last) {
    return delivered <= last ? this : new Receipt(user, last, Math.min(read, last), terms);
  }

  /// In names: it takes about as much as four, without those it is hidden from.
  public int weight() {
    return 4 + terms.hiddenFrom().size();
  }

  Receipt on(ReceiptPrivacy now) {
    return new Receipt(user, delivered, read, now);
  }
}
