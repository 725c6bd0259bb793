package kith.terminal.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import kith.protocol.rest.Notifications.QuietHours;

/// Whether a time is within quiet hours. They may span midnight.
public final class QuietTime {
  private QuietTime() {}

  public static boolean contains(QuietHours hours, Instant at) {
    try {
      var from = LocalTime.parse(hours.from());
      var to = LocalTime.parse(hours.to());
      var time = at.atZone(ZoneId.of(hours.zone())).toLocalTime();
      return from.isBefore(to)
          ? !time.isBefore(from) && time.isBefore(to)
          : !time.isBefore(from) || time.isBefore(to);
    } catch (DateTimeException damaged) {
      // a time zone that the server knows and this machine does not, or a damaged file
      return false;
    }
  }
}
