package kith.terminal.plain;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import kith.protocol.rest.RoomAnswers.RetentionPreview;
import kith.protocol.rest.RoomRequests.Retention;

/// The retention of a room, in the form that people type and read.
public final class RetentionLines {
  /// The server's default.
  public static final String DEFAULT = "default";

  private static final Pattern PART =
      Pattern.compile("(\\d{1,12})(d|w|y|KiB|MiB|GiB|TiB|)", Pattern.CASE_INSENSITIVE);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private RetentionLines() {}

  /// `90d`, `12w` or `1y` by age, `5000` entries, `2GiB` by size, several of them with commas
  /// between them, or `default`. Empty for anything else.
  public static Optional<Retention> parse(String typed) {
    if (typed.strip().equalsIgnoreCase(DEFAULT)) return Optional.of(Retention.NONE);
    var kept = Optional.of(Retention.NONE);
    for (var part : typed.split(",", -1)) kept = kept.flatMap(it -> with(it, part.strip()));
    return kept;
  }

  private static Optional<Retention> with(Retention kept, String part) {
    var found = PART.matcher(part);
    if (!found.matches()) return Optional.empty();
    long number = Long.parseLong(found.group(1));
    if (number == 0) return Optional.empty();
    return Optional.of(
        switch (found.group(2).toLowerCase(Locale.ROOT)) {
          case "" -> new Retention(OptionalLong.of(number), kept.days(), kept.bytes());
          case "d" -> days(kept, number);
          case "w" -> days(kept, number * 7);
          case "y" -> days(kept, number * 365);
          case "kib" -> bytes(kept, number << 10);
          case "mib" -> bytes(kept, number << 20);
          case "gib" -> bytes(kept, number << 30);
          default -> bytes(kept, Math.min(number, 1 << 20) << 40);
        });
  }

  private static Retention days(Retention kept, long days) {
    return new Retention(kept.entries(), OptionalLong.of(days), kept.bytes());
  }

  private static Retention bytes(Retention kept, long bytes) {
    return new Retention(kept.entries(), kept.days(), OptionalLong.of(bytes));
  }

  /// The retention as part of a sentence: `90 days and 5000 entries`.
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

  /// The entries that a retention would remove.
  public static String preview(RetentionPreview found, ZoneId zone) {
    if (found.entries() == 0) return "Nothing would be removed now.";
    return found.messages()
        + (found.messages() == 1 ? " message" : " messages")
        + " would be removed now, with all other entries "
        + found
            .oldest()
            .map(oldest -> "from before " + DAY.format(oldest.atZone(zone)))
            .orElse("of the room")
        + ": "
        + found.entries()
        + (found.entries() == 1 ? " entry" : " entries")
        + ", "
        + found.bytes()
        + " bytes. The room would keep "
        + (found.retention().equals(Retention.NONE) ? "everything" : kept(found.retention()))
        + ".";
  }
}
