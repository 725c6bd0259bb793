package kith.node.platform.config;

import java.time.Duration;
import java.util.Locale;

/// Durations in the form that people write.
public final class Times {
  private Times() {}

  /// For instance `0.3 s`, `12 s`, `3 min 20 s` or `2 h 5 min`.
  public static String text(Duration time) {
    var seconds = time.toSeconds();
    if (seconds < 10) return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    if (seconds < 60) return seconds + " s";
    if (seconds < 3600) return seconds / 60 + " min " + seconds % 60 + " s";
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
