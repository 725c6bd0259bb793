package kith.node.privacy;

import java.util.Set;

/// Decides who may know what about whom. Every feature asks here before it tells a client anything
/// about another user.
public final class Privacy {
  private Privacy() {}

  /// What can be known about a user. An invisible user publishes none of it; the publisher decides
  /// that.
  public enum Topic {
    PRESENCE,
    LAST_SEEN,
    RECEIPTS,
    TYPING
  }

  /// True if `viewer` may know `topic` about `subject`. A block hides everything in both
  /// directions.
  ///
  /// @param policy what `subject` lets others know
  public static boolean mayKnow(Topic topic, Viewer viewer, String subject, PrivacyPolicy policy) {
    var relations = viewer.relations();
    if (policy.blocked().contains(viewer.user()) || relations.hasBlocked(subject)) return false;
    return switch (policy.audience(topic)) {
      case EVERYONE -> true;
      // contacts are mutual: the viewer's own list answers for the subject
      case CONTACTS -> relations.contacts().contains(subject);
      case NOBODY -> false;
    };
  }

  /// True if a user who has blocked these may read what `author` wrote. Messages are hidden in one
  /// direction only: blocked users do not learn of the block.
  public static boolean mayRead(String author, Set<String> blocked) {
    return !blocked.contains(author);
  }
}
