package kith.node.feature.moderation;

import java.time.Instant;
import java.util.Optional;

/// A member may not write, edit or react in a room until a time.
///
/// @param by the moderator
public record Mute(
    String user, String by, Instant created, Instant until, Optional<String> reason) {
  boolean isInForce(Instant now) {
    return until.isAfter(now);
  }
}
