package kith.node.privacy;

import java.util.Set;
import kith.protocol.ConversationsFrom;

/// Decides the facts that a user may know about another user, and the users who may begin a
/// conversation. Every feature uses this decision before it sends a client information about
/// another user.
public final class Privacy {
  private Privacy() {}

  /// The kinds of information about a user. An invisible user publishes none of them; the publisher
  /// decides that.
  public enum Topic {
    PRESENCE,
    LAST_SEEN,
    RECEIPTS,
    TYPING
  }

  /// True if `viewer` may know `topic` about `subject`. A block hides everything in both
  /// directions.
  ///
  /// @param policy the policy of `subject`
  public static boolean mayKnow(Topic topic, Viewer viewer, String subject, PrivacyPolicy policy) {
    var relations = viewer.relations();
    if (policy.blocked().contains(viewer.user()) || relations.hasBlocked(subject)) return false;
    return switch (policy.audience(topic)) {
      case EVERYONE -> true;
      // contacts are mutual: the viewer's list is enough
      case CONTACTS -> relations.contacts().contains(subject);
      case NOBODY -> false;
    };
  }

  /// True if a user may begin a conversation with an account without a request. Blocks do not
  /// count: blocked users must not learn of them.
  ///
  /// @param choice the account's
  /// @param sharesRoom the user is with the account in a room of any number of members
  /// @param isContact the user is a contact of the account
  public static boolean mayBegin(ConversationsFrom choice, boolean sharesRoom, boolean isContact) {
    return switch (choice) {
      case EVERYONE -> true;
      case ROOMS -> sharesRoom || isContact;
      case CONTACTS -> isContact;
    };
  }

  /// True if a user who has blocked these may read messages of `author`. Messages are hidden in one
  /// direction only: blocked users do not learn of the block.
  public static boolean mayRead(String author, Set<String> blocked) {
    return !blocked.contains(author);
  }
}
