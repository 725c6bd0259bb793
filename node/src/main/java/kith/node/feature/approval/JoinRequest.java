package kith.node.feature.approval;

import java.time.Instant;
import java.util.Optional;
import kith.protocol.JoinState;

/// A user asks to join a room.
///
/// @param until the time at which it ends by itself, in every state
/// @param reason of the moderator who declined it
record JoinRequest(
    String user,
    Optional<String> text,
    Instant created,
    Instant until,
    JoinState state,
    Optional<String> reason) {
  boolean isInForce(Instant now) {
    return until.isAfter(now);
  }

  JoinRequest accepted(Instant newUntil) {
    return new JoinRequest(user, text, created, newUntil, JoinState.ACCEPTED, Optional.empty());
  }

  JoinRequest declined(Optional<String> why, Instant newUntil) {
    return new JoinRequest(user, text, created, newUntil, JoinState.DECLINED, why);
  }
}
