package kith.terminal.plain;

import java.util.ArrayList;
import kith.protocol.rest.RoomRequests.Retention;

/// How much of its log a room keeps, as people read it.
public final class RetentionLines {
  private RetentionLines() {}

  /// As a sentence continues: `90 days and 5000 entries`.
  public static String kept(Retention retention) {
    var parts = new ArrayList<String>();
    retention.days().ifPresent(days -> parts.add(days + (days == 1 ? " day" : " days")));
    retention.entries().ifPresent(most -> parts.add(most + (most == 1 ? " entry" : " entries")));
    retention.bytes().ifPresent(most -> parts.add(size(most)));
    return parts.isEmpty() ? "the server's default" : String.join(" and ", parts);
  }

  private static String size(long bytes) {
    var units = new String[] {"bytes", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    while (unit < units.length - 1 && bytes >= 1024 && bytes % 1024 == 0) {
      bytes /= 1024;
      unit++;
    }
    return bytes + " " + units[unit];
  }
}
