package kith.terminal.model;

import java.time.Instant;
import java.util.Optional;
import kith.protocol.frame.ClientFrame;

/// An own post that is not in the timeline: it waits for its answer or its entry, or was refused.
///
/// @param isAcknowledged the server has it; only its entry has not come
/// @param failure why it will not be tried again
public record Own(
    ClientFrame.Post post, Instant at, boolean isAcknowledged, Optional<String> failure) {

  public static Own waiting(ClientFrame.Post post, Instant at) {
    return new Own(post, at, false, Optional.empty());
  }

  public Own acknowledged() {
    return new Own(post, at, true, Optional.empty());
  }

  public Own failed(String why) {
    return new Own(post, at, false, Optional.of(why));
  }

  public boolean hasFailed() {
    return failure.isPresent();
  }

  public boolean isWaiting() {
    return !isAcknowledged && failure.isEmpty();
  }
}
