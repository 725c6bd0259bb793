package kith.terminal.model;

import java.time.Duration;
import java.time.Instant;

/// Whether somebody looks at the screen, as far as that can be known.
///
/// @param hasFocus the terminal has the keyboard; so it seems where it does not tell
/// @param lastKey when something was typed or clicked
public record Eyes(boolean hasFocus, Instant lastKey) {
  public static final Eyes OPEN = new Eyes(true, Instant.MAX);

  public Eyes focused(boolean is) {
    return new Eyes(is, lastKey);
  }

  public Eyes keyAt(Instant now) {
    return new Eyes(true, now);
  }

  /// Nobody has touched a key for so long.
  public boolean isIdle(Instant now, Duration patience) {
    return lastKey.isBefore(now) && Duration.between(lastKey, now).compareTo(patience) >= 0;
  }
}
