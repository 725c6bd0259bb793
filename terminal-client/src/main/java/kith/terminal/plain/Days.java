package kith.terminal.plain;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Days as people type and read them.
public final class Days {
  private static final Pattern AGO = Pattern.compile("(\\d{1,4}) days? ago");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

  private Days() {}

  /// Parses `2026-11-03`, `today`, `yesterday`, `monday` or `3 days ago`.
  public static Optional<LocalDate> parse(String text, LocalDate today) {
    var words = text.strip().toLowerCase(Locale.ROOT);
    if (words.equals("today")) return Optional.of(today);
    if (words.equals("yesterday")) return Optional.of(today.minusDays(1));
    var ago = AGO.matcher(words);
    if (ago.matches()) return Optional.of(today.minusDays(Long.parseLong(ago.group(1))));
    var named =
        Stream.of(DayOfWeek.values())
            .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(words))
            .findFirst();
    if (named.isPresent()) return Optional.of(today.with(TemporalAdjusters.previous(named.get())));
    try {
      return Optional.of(LocalDate.parse(words));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// `Tuesday, 3 November 2026`
  public static String text(LocalDate day) {
    return DAY.format(day);
  }
}
