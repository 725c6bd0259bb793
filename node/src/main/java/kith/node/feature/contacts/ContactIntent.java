package kith.node.feature.contacts;

/// Whether a user wants to be a contact of another one. The highest version counts.
///
/// @param answers the version of the other user's intent that was known when this one was formed
public record ContactIntent(Kind kind, long version, long answers) {

  public enum Kind {
    /// Not a contact; requests of the other user up to `answers` are over.
    NONE,
    /// A request; there was no request of the other user to accept.
    WANTS,
    /// Accepts the request of version `answers`, and ends when that request ends.
    ACCEPTS
  }

  public static final ContactIntent NOTHING = new ContactIntent(Kind.NONE, 0, 0);

  /// True if the other user's intent has not ended this one.
  public boolean holds(ContactIntent other) {
    return switch (kind) {
      case NONE -> false;
      case WANTS -> !other.ends(version);
      case ACCEPTS -> other.kind == Kind.WANTS && other.version == answers && !other.ends(version);
    };
  }

  private boolean ends(long theirs) {
    return kind == Kind.ACCEPTS ? theirs < answers : theirs <= answers;
  }

  /// Asks, or accepts the request of the other user.
  public ContactIntent wanting(ContactIntent other) {
    var kind = other.kind == Kind.WANTS && other.holds(this) ? Kind.ACCEPTS : Kind.WANTS;
    return new ContactIntent(kind, version + 1, other.version);
  }

  /// Takes back a request, declines one, or ends a contact.
  public ContactIntent ending(ContactIntent other) {
    return new ContactIntent(Kind.NONE, version + 1, other.version);
  }
}
