package kith.node.privacy;

import kith.protocol.ShownTo;

/// An account's privacy settings.
///
/// @param typing true if others see that the user is typing
public record PrivacySettings(ShownTo lastSeen, ShownTo receipts, boolean typing) {
  public static final PrivacySettings OPEN =
      new PrivacySettings(ShownTo.EVERYONE, ShownTo.EVERYONE, true);

  /// The stricter choice of each setting.
  PrivacySettings stricter(PrivacySettings other) {
    return new PrivacySettings(
        stricter(lastSeen, other.lastSeen),
        stricter(receipts, other.receipts),
        typing && other.typing);
  }

  private static ShownTo stricter(ShownTo one, ShownTo other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
