package kith.node.feature.contacts;

import java.time.Instant;
import java.util.Optional;

/// A contact or a request, as one account sees it; or one that has ended.
///
/// @param note private
public record ContactEntry(String user, Kind kind, Optional<String> note, Instant since) {

  public enum Kind {
    NONE,
    INCOMING,
    OUTGOING,
    CONTACT
  }
}
