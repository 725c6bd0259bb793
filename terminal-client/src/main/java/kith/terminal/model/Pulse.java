package kith.terminal.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// How quickly the present connection answers.
///
/// @param since when it came to be; absent while there is none
/// @param millis from a post to its answer, the latest
public record Pulse(Optional<Instant> since, OptionalLong millis) {
  public static final Pulse NONE = new Pulse(Optional.empty(), OptionalLong.empty());

  public static Pulse from(Instant since) {
    return new Pulse(Optional.of(since), OptionalLong.empty());
  }

  /// What was posted before waited for the connection, which says nothing about how quick it is.
  public Pulse answered(Instant posted, Instant now) {
    return since.isPresent() && !posted.isBefore(since.get())
        ? new Pulse(since, OptionalLong.of(Duration.between(posted, now).toMillis()))
        : this;
  }
}
