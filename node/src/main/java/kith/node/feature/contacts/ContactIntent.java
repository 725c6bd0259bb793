package kith.node.feature.contacts;

/// What somebody says to another about being contacts. Of all that they ever said, the highest
/// version counts.
///
/// @param answers the version of the other's stance that was known when this one was taken
public record ContactIntent(Kind kind, long version, long answers) {

  public enum Kind {
    /// Not, and whatever the other said up to there is over.
    NONE,
    /// Wants to be a contact; there was no request to accept.
    WANTS,
    /// Accepts that request, and falls with it.
    ACCEPTS
  }

  public static final ContactIntent NOTHING = new ContactIntent(Kind.NONE, 0, 0);

  /// Does it hold beside the latest that is known of the other?
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

  /// Asks, or accepts what the other asks.
  public ContactIntent wanting(ContactIntent other) {
    var kind = other.kind == Kind.WANTS && other.holds(this) ? Kind.ACCEPTS : Kind.WANTS;
    return new ContactIntent(kind, version + 1, other.version);
  }

  /// Takes back, declines or ends.
  public ContactIntent ending(ContactIntent other) {
    return new ContactIntent(Kind.NONE, version + 1, other.version);
  }
}
