package kith.terminal.model;

import java.time.Instant;
import java.util.Optional;
import kith.protocol.frame.ClientFrame;

/// An own post that is not in the timeline yet: unanswered, acknowledged without its entry, or
/// refused.
///
/// @param isKept it is on disk and outlives the client
/// @param isAcknowledged the server has committed it, but its entry has not arrived
/// @param failure why it was refused; it is not retried
public record OwnPost(
    ClientFrame.Post post,
    Instant at,
    boolean isKept,
    boolean isAcknowledged,
    Optional<String> failure) {

  public static OwnPost fresh(ClientFrame.Post post, Instant at) {
    return new OwnPost(post, at, false, false, Optional.empty());
  }

  public OwnPost kept() {
    return new OwnPost(post, at, true, isAcknowledged, failure);
  }

  public OwnPost acknowledged() {
    return new OwnPost(post, at, isKept, true, Optional.empty());
  }

  public OwnPost failed(String why) {
    return new OwnPost(post, at, isKept, false, Optional.of(why));
  }

  public boolean hasFailed() {
    return failure.isPresent();
  }

  public boolean isWaiting() {
    return !isAcknowledged && failure.isEmpty();
  }
}
