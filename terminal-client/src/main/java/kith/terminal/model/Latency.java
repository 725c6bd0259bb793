package kith.terminal.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// The response time of the current connection.
///
/// @param since when it was established; absent while offline
/// @param millis the time from the latest post to its ack
public record Latency(Optional<Instant> since, OptionalLong millis) {
  public static final Latency NONE = new Latency(Optional.empty(), OptionalLong.empty());

  public static Latency from(Instant since) {
    return new Latency(Optional.of(since), OptionalLong.empty());
  }

  /// Ignores posts from before the connection, because their time includes the wait for it.
  public Latency answered(Instant posted, Instant now) {
    return since.isPresent() && !posted.isBefore(since.get())
        ? new Latency(since, OptionalLong.of(Duration.between(posted, now).toMillis()))
        : this;
  }
}
