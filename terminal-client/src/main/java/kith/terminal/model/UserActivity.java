package kith.terminal.model;

import java.time.Duration;
import java.time.Instant;

/// Whether somebody looks at the screen, as far as that can be known.
///
/// @param hasFocus the terminal has the keyboard; so it seems where it does not tell
/// @param lastKey when something was typed or clicked
public record UserActivity(boolean hasFocus, Instant lastKey) {
  public static final UserActivity ACTIVE = new UserActivity(true, Instant.MAX);

  public UserActivity focused(boolean is) {
    return new UserActivity(is, lastKey);
  }

  public UserActivity keyAt(Instant now) {
    return new UserActivity(true, now);
  }

  /// Nobody has touched a key for so long.
  public boolean isIdle(Instant now, Duration patience) {
    return lastKey.isBefore(now) && Duration.between(lastKey, now).compareTo(patience) >= 0;
  }
}
