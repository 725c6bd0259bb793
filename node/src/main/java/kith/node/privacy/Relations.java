package kith.node.privacy;

import java.util.Set;
import kith.protocol.ShownTo;

/// What a session has to know of the people of its account: who is a contact, which goes both ways,
/// whom it has blocked, who does not hear of that, and what it shows of itself.
///
/// @param version how often `blocked` and `privacy` were changed: of two, the higher is so
public record Relations(
    Set<String> contacts, Set<String> blocked, PrivacySettings privacy, long version) {
  public static final Relations EMPTY = new Relations(Set.of(), Set.of(), PrivacySettings.OPEN);

  public Relations(Set<String> contacts, Set<String> blocked, PrivacySettings privacy) {
    this(contacts, blocked, privacy, 0);
  }

  public Relations {
    contacts = Set.copyOf(contacts);
    blocked = Set.copyOf(blocked);
  }

  public boolean hasBlocked(String user) {
    return blocked.contains(user);
  }

  /// May `user` see what this account shows to these? Whoever is blocked never does.
  public boolean shows(ShownTo these, String user) {
    return !hasBlocked(user)
        && switch (these) {
          case EVERYONE -> true;
          case CONTACTS -> contacts.contains(user);
          case NOBODY -> false;
        };
  }
}
