package kith.node.feature.contacts;

import java.time.Instant;
import java.util.Optional;

/// Somebody with whom an account is in touch, or was.
///
/// @param note to oneself
public record ContactEntry(String user, Kind kind, Optional<String> note, Instant since) {

  public enum Kind {
    NONE,
    INCOMING,
    OUTGOING,
    CONTACT
  }
}
