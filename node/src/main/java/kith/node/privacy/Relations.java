package kith.node.privacy;

import java.util.Set;

/// An account's relations to other users, for its sessions.
///
/// @param contacts mutual contacts without the blocked users
/// @param policy the account's privacy policy; the users it has blocked are not notified
public record Relations(Set<String> contacts, PrivacyPolicy policy) {
  public static final Relations EMPTY = new Relations(Set.of(), PrivacyPolicy.OPEN);

  public Relations(Set<String> contacts, Set<String> blocked, PrivacySettings settings) {
    this(contacts, blocked, settings, 0);
  }

  public Relations(
      Set<String> contacts, Set<String> blocked, PrivacySettings settings, long version) {
    this(contacts, new PrivacyPolicy(blocked, settings, version));
  }

  public Relations {
    contacts = Set.copyOf(contacts);
  }

  public Set<String> blocked() {
    return policy.blocked();
  }

  public PrivacySettings privacy() {
    return policy.settings();
  }

  public long version() {
    return policy.version();
  }

  public boolean hasBlocked(String user) {
    return blocked().contains(user);
  }
}
