package kith.node.privacy;

import kith.protocol.ShownTo;

/// What an account shows of itself.
///
/// @param typing whether others see that it writes
public record PrivacySettings(ShownTo lastSeen, ShownTo receipts, boolean typing) {
  public static final PrivacySettings OPEN =
      new PrivacySettings(ShownTo.EVERYONE, ShownTo.EVERYONE, true);
}
