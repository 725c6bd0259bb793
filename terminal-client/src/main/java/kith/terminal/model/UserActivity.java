package kith.terminal.model;

import java.time.Duration;
import java.time.Instant;

/// Whether the user is looking at the screen, as far as that is known.
///
/// @param hasFocus the terminal has the focus; true if it does not report that
/// @param lastKey the time of the latest key or click
public record UserActivity(boolean hasFocus, Instant lastKey) {
  public static final UserActivity ACTIVE = new UserActivity(true, Instant.MAX);

  public UserActivity focused(boolean is) {
    return new UserActivity(is, lastKey);
  }

  public UserActivity keyAt(Instant now) {
    return new UserActivity(true, now);
  }

  /// Whether there was no key for this long.
  public boolean isIdle(Instant now, Duration patience) {
    return lastKey.isBefore(now) && Duration.between(lastKey, now).compareTo(patience) >= 0;
  }
}
