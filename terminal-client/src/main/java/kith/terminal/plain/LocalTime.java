package kith.terminal.plain;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Points in time for people: in the time zone of this machine.
final class LocalTime {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

  private LocalTime() {}

  static String text(Instant at) {
    return MINUTE.format(at.atZone(ZoneId.systemDefault()));
  }
}
