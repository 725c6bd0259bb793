package kith.terminal.model;

import java.time.Instant;
import java.util.Optional;
import kith.protocol.frame.ClientFrame;

/// An own post that is not in the timeline: it waits for its answer or its entry, or was refused.
///
/// @param isKept it is on disk here and outlives the client
/// @param isAcknowledged the server has it; only its entry has not come
/// @param failure why it will not be tried again
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
