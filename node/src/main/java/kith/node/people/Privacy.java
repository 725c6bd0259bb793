package kith.node.people;

import kith.protocol.ShownTo;

/// What an account shows of itself.
///
/// @param typing whether others see that it writes
public record Privacy(ShownTo lastSeen, ShownTo receipts, boolean typing) {
  public static final Privacy OPEN = new Privacy(ShownTo.EVERYONE, ShownTo.EVERYONE, true);
}
