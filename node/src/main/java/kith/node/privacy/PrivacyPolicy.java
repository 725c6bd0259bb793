package kith.node.privacy;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kith.node.platform.serialization.CborSerializable;
import kith.node.privacy.Privacy.Topic;
import kith.protocol.ShownTo;

/// An account's blocked users and privacy settings. Sent with all information about the account, so
/// that the receiving node can decide ([Privacy]).
///
/// @param blocked users who may know nothing, regardless of the settings
/// @param version counts the changes of `blocked` and `settings`
public record PrivacyPolicy(Set<String> blocked, PrivacySettings settings, long version)
    implements CborSerializable {
  public static final PrivacyPolicy OPEN = new PrivacyPolicy(Set.of(), PrivacySettings.OPEN, 0);

  public PrivacyPolicy {
    blocked = Set.copyOf(blocked);
  }

  /// The users who may know; blocked users never do.
  public ShownTo audience(Topic topic) {
    return switch (topic) {
      case PRESENCE -> ShownTo.EVERYONE;
      case LAST_SEEN -> settings.lastSeen();
      case RECEIPTS -> settings.receipts();
      case TYPING -> settings.typing() ? ShownTo.EVERYONE : ShownTo.NOBODY;
    };
  }

  /// The higher version wins. At the same version either side may be incomplete (a room sends only
  /// the blocked users who are members): takes all blocked users and the stricter settings.
  public PrivacyPolicy merge(PrivacyPolicy other) {
    if (equals(other)) return this;
    if (version != other.version) return version > other.version ? this : other;
    var all = new HashSet<>(blocked);
    all.addAll(other.blocked);
    return new PrivacyPolicy(all, settings.stricter(other.settings), version);
  }

  /// The same policy among members of a room: blocked users outside of it are left out.
  public PrivacyPolicy restrictedTo(Predicate<String> isMember) {
    if (blocked.stream().allMatch(isMember)) return this;
    var members = blocked.stream().filter(isMember).collect(Collectors.toSet());
    return new PrivacyPolicy(members, settings, version);
  }
}
