package kith.terminal.runtime;

import java.util.concurrent.TimeUnit;

/// When the loop ticks and saves: once a second, however many inputs arrive, and soon after the
/// last key. So a client that is killed has lost no more than the latest keys. All times are those
/// of `System.nanoTime`.
final class SaveSchedule {
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /// Shorter than the time between the last key and another thought.
  static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

  private long ticked;
  private long pressed;
  private boolean isPressed;

  SaveSchedule(long now) {
    ticked = now;
  }

  void pressed(long now) {
    pressed = now;
    isPressed = true;
  }

  /// The time until something is due; 0 if it is.
  long remaining(long now) {
    long tick = ticked + SECOND - now;
    return Math.max(0, isPressed ? Math.min(tick, pressed + PAUSE - now) : tick);
  }

  /// Whether a second has passed since it was true.
  boolean ticks(long now) {
    if (now - ticked < SECOND) return false;
    ticked = now;
    return true;
  }

  /// Whether the user has paused since the last key; true once.
  boolean pauses(long now) {
    if (!isPressed || now - pressed < PAUSE) return false;
    isPressed = false;
    return true;
  }
}
