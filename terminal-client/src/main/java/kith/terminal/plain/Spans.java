package kith.terminal.plain;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Spans of time in the form that people type and read: `30s`, `10m`, `2h`, `7d`.
public final class Spans {
  private static final Pattern SPAN = Pattern.compile("([1-9]\\d{0,5})([smhd])");

  private Spans() {}

  public static Optional<Duration> parse(String typed) {
    var found = SPAN.matcher(typed);
    if (!found.matches()) return Optional.empty();
    long number = Long.parseLong(found.group(1));
    return Optional.of(
        switch (found.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  /// The span in the largest unit in which it is a whole number.
  public static String text(Duration span) {
    long seconds = span.toSeconds();
    if (seconds % 86_400 == 0) return seconds / 86_400 + "d";
    if (seconds % 3_600 == 0) return seconds / 3_600 + "h";
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
