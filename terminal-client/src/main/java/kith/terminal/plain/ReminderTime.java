package kith.terminal.plain;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The time of a reminder, as typed: `20m`, `1h30m`, `14:30`, `9am`, `tomorrow 9:00`, `monday`,
/// `2026-12-01 10:00`. It becomes a point in time in the time zone of the user.
public sealed interface ReminderTime {

  /// The first matching time after `now`. It may be in the past if the user named a past day.
  Instant after(Instant now, ZoneId zone);

  /// `20m`
  record In(Duration span) implements ReminderTime {
    @Override
    public Instant after(Instant now, ZoneId zone) {
      return now.plus(span);
    }
  }

  /// `14:30`, today or tomorrow
  record At(LocalTime time) implements ReminderTime {
    @Override
    public Instant after(Instant now, ZoneId zone) {
      var today = now.atZone(zone).toLocalDate();
      var at = today.atTime(time).atZone(zone).toInstant();
      return at.isAfter(now) ? at : today.plusDays(1).atTime(time).atZone(zone).toInstant();
    }
  }

  /// `tomorrow 9:00`
  record On(Day day, LocalTime time) implements ReminderTime {
    @Override
    public Instant after(Instant now, ZoneId zone) {
      return day.from(now.atZone(zone)).atTime(time).atZone(zone).toInstant();
    }
  }

  sealed interface Day {
    LocalDate from(ZonedDateTime now);

    /// 0 is today.
    record Later(int days) implements Day {
      @Override
      public LocalDate from(ZonedDateTime now) {
        return now.toLocalDate().plusDays(days);
      }
    }

    /// The next such weekday after today.
    record Weekday(DayOfWeek day) implements Day {
      @Override
      public LocalDate from(ZonedDateTime now) {
        return now.toLocalDate().with(TemporalAdjusters.next(day));
      }
    }

    record Date(LocalDate date) implements Day {
      @Override
      public LocalDate from(ZonedDateTime now) {
        return date;
      }
    }
  }

  /// @param rest the words after the time
  record Parsed(ReminderTime time, String rest) {}

  /// The time for a day without a time.
  LocalTime MORNING = LocalTime.of(9, 0);

  /// The longest span, so that adding it never fails.
  Duration LONGEST = Duration.ofDays(36_500);

  Pattern SPAN =
      Pattern.compile("(?:(\\d{1,5})w)?(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?:in)?)?");

  Pattern CLOCK = Pattern.compile("(\\d{1,2})(?::(\\d\\d))?(am|pm)?");

  /// Reads the time at the beginning of a text. `in`, `at` and `on` may precede it.
  static Optional<Parsed> parse(String text) {
    var words = new Words(text.strip());
    if (words.first().matches("in|at|on")) words = words.next();
    var span = span(words.first());
    if (span.isPresent()) return Optional.of(new Parsed(new In(span.get()), words.next().text()));
    var day = day(words.first());
    if (day.isPresent()) return Optional.of(onDay(day.get(), words.next()));
    var after = words.next();
    return clock(words.first()).map(time -> new Parsed(new At(time), after.text()));
  }

  /// A text that is read word by word.
  record Words(String text) {
    String first() {
      return text.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    }

    Words next() {
      var parts = text.split("\\s+", 2);
      return new Words(parts.length < 2 ? "" : parts[1].strip());
    }
  }

  private static Parsed onDay(Day day, Words after) {
    var words = after.first().equals("at") ? after.next() : after;
    var time = clock(words.first());
    return time.isPresent()
        ? new Parsed(new On(day, time.get()), words.next().text())
        : new Parsed(new On(day, MORNING), after.text());
  }

  private static Optional<Duration> span(String word) {
    var found = SPAN.matcher(word);
    if (word.isEmpty() || !found.matches()) return Optional.empty();
    var span =
        Duration.ofDays(7L * number(found.group(1)) + number(found.group(2)))
            .plusHours(number(found.group(3)))
            .plusMinutes(number(found.group(4)));
    boolean isSpan = span.isPositive() && span.compareTo(LONGEST) <= 0;
    return isSpan ? Optional.of(span) : Optional.empty();
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static Optional<Day> day(String word) {
    return switch (word) {
      case "today" -> Optional.of(new Day.Later(0));
      case "tomorrow" -> Optional.of(new Day.Later(1));
      default -> weekday(word).<Day>map(Day.Weekday::new).or(() -> date(word));
    };
  }

  private static Optional<DayOfWeek> weekday(String word) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> {
          var name = day.name().toLowerCase(Locale.ROOT);
          return name.equals(word) || name.substring(0, 3).equals(word);
        })
        .findFirst();
  }

  private static Optional<Day> date(String word) {
    if (!word.matches("\\d{4}-\\d\\d-\\d\\d")) return Optional.empty();
    try {
      return Optional.of(new Day.Date(LocalDate.parse(word)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /// A number alone is not a time, because it is more likely the number of a message or part of the
  /// text.
  private static Optional<LocalTime> clock(String word) {
    var found = CLOCK.matcher(word);
    if (!found.matches()) return Optional.empty();
    var half = found.group(3);
    if (found.group(2) == null && half == null) return Optional.empty();
    int hour = Integer.parseInt(found.group(1));
    int minute = number(found.group(2));
    boolean isOfHalf = hour >= 1 && hour <= 12;
    if (minute > 59 || (half == null ? hour > 23 : !isOfHalf)) return Optional.empty();
    int of24 = half == null ? hour : hour % 12 + (half.equals("pm") ? 12 : 0);
    return Optional.of(LocalTime.of(of24, minute));
  }
}
