package kith.terminal.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;

/// An own post that is not in the timeline yet: unanswered, acknowledged without its entry, or
/// refused.
///
/// @param isKept it is on disk and outlives the client
/// @param seq its entry, if the server has committed it; the entry is not in the timeline yet
/// @param failure why it was refused; it is not retried
public record OwnPost(
    ClientFrame.Post post, Instant at, boolean isKept, OptionalLong seq, Optional<String> failure) {

  public static OwnPost fresh(ClientFrame.Post post, Instant at) {
    return new OwnPost(post, at, false, OptionalLong.empty(), Optional.empty());
  }

  public OwnPost kept() {
    return new OwnPost(post, at, true, seq, failure);
  }

  public OwnPost acknowledged(long entry) {
    return new OwnPost(post, at, isKept, OptionalLong.of(entry), Optional.empty());
  }

  public OwnPost failed(String why) {
    return new OwnPost(post, at, isKept, OptionalLong.empty(), Optional.of(why));
  }

  public boolean hasFailed() {
    return failure.isPresent();
  }

  public boolean isAcknowledged() {
    return seq.isPresent();
  }

  public boolean isWaiting() {
    return seq.isEmpty() && failure.isEmpty();
  }
}
