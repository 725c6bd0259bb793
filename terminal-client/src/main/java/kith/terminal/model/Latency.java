package kith.terminal.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// How quickly the present connection answers.
///
/// @param since when it came to be; absent while there is none
/// @param millis from a post to its answer, the latest
public record Latency(Optional<Instant> since, OptionalLong millis) {
  public static final Latency NONE = new Latency(Optional.empty(), OptionalLong.empty());

  public static Latency from(Instant since) {
    return new Latency(Optional.of(since), OptionalLong.empty());
  }

  /// What was posted before waited for the connection, which says nothing about how quick it is.
  public Latency answered(Instant posted, Instant now) {
    return since.isPresent() && !posted.isBefore(since.get())
        ? new Latency(since, OptionalLong.of(Duration.between(posted, now).toMillis()))
        : this;
  }
}
