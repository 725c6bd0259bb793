package kith.node.feature.contacts;

import java.time.Instant;
import java.util.Optional;

/// A current or ended contact or request, as one account sees it.
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
