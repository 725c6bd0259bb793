package kith.node.privacy;

import java.util.Optional;
import java.util.stream.Stream;
import kith.protocol.ConversationsFrom;
import kith.protocol.ShownTo;

/// An account's privacy settings.
///
/// @param typing true if others see that the user is typing
/// @param conversations who may begin a conversation with the account; absent if it has not chosen
public record PrivacySettings(
    ShownTo lastSeen, ShownTo receipts, boolean typing, Optional<ConversationsFrom> conversations) {
  public static final PrivacySettings OPEN =
      new PrivacySettings(ShownTo.EVERYONE, ShownTo.EVERYONE, true);

  public PrivacySettings(ShownTo lastSeen, ShownTo receipts, boolean typing) {
    this(lastSeen, receipts, typing, Optional.empty());
  }

  /// The stricter choice of each setting.
  PrivacySettings stricter(PrivacySettings other) {
    return new PrivacySettings(
        stricter(lastSeen, other.lastSeen),
        stricter(receipts, other.receipts),
        typing && other.typing,
        Stream.of(conversations, other.conversations)
            .flatMap(Optional::stream)
            .reduce(PrivacySettings::stricter));
  }

  private static <E extends Enum<E>> E stricter(E one, E other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
