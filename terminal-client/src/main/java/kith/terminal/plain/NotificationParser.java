package kith.terminal.plain;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.rest.Notifications.QuietHours;

/// Parses the arguments of the commands about notifications.
final class NotificationParser {
  private static final String NONE = "none";

  /// `22:00-07:00`, `22 to 7` or `22:00 07:00 Europe/Berlin`
  private static final Pattern HOURS =
      Pattern.compile(
          "(?<from>\\d{1,2})(?::(?<fromMinute>\\d\\d))?(?:\\s*[-–]\\s*|\\s+to\\s+|\\s+)"
              + "(?<to>\\d{1,2})(?::(?<toMinute>\\d\\d))?(?:\\s+(?<zone>\\S+))?",
          Pattern.CASE_INSENSITIVE);

  private NotificationParser() {}

  static List<LineCommand> commands() {
    return List.of(
        LineCommand.of(
            "notify",
            "[all|mentions|none | contents off|sender|full | away MINUTES|none]",
            "show what your receivers notify you of, or change it, for this room or for all",
            NotificationParser::rules),
        LineCommand.of(
            "quiet",
            "[22:00-07:00 [ZONE] | none]",
            "show or set hours without notifications, on all your devices",
            NotificationParser::quiet),
        LineCommand.of(
            "keywords",
            "[WORD, WORD … | none]",
            "show or set the words that notify you like a mention",
            NotificationParser::keywords));
  }

  /// Absent if these are not its arguments.
  static Optional<InputLine> rules(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.ShowNotifications());
    var words = rest.toLowerCase(Locale.ROOT).split("\\s+", -1);
    if (words.length == 1)
      return named(NotificationLevel.values(), words[0]).map(InputLine.ChooseLevel::new);
    if (words.length > 2) return Optional.empty();
    return switch (words[0]) {
      case "contents" ->
          named(NotificationContents.values(), words[1]).map(InputLine.ChooseContents::new);
      case "away" -> away(words[1]);
      default -> Optional.empty();
    };
  }

  private static <T extends Enum<T>> Optional<T> named(T[] values, String word) {
    return Arrays.stream(values).filter(it -> it.name().equalsIgnoreCase(word)).findFirst();
  }

  private static Optional<InputLine> away(String minutes) {
    if (minutes.equals(NONE)) return Optional.of(new InputLine.ChooseAway(OptionalInt.empty()));
    return minutes.matches("\\d{1,4}")
        ? Optional.of(new InputLine.ChooseAway(OptionalInt.of(Integer.parseInt(minutes))))
        : Optional.empty();
  }

  static Optional<InputLine> keywords(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.ShowNotifications());
    if (rest.equalsIgnoreCase(NONE)) return Optional.of(new InputLine.ChooseKeywords(List.of()));
    var words =
        Arrays.stream(rest.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
    return words.isEmpty() ? Optional.empty() : Optional.of(new InputLine.ChooseKeywords(words));
  }

  static Optional<InputLine> quiet(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.ShowNotifications());
    if (rest.equalsIgnoreCase(NONE)) return Optional.of(new InputLine.Quiet(Optional.empty()));
    var hours = HOURS.matcher(rest);
    return hours.matches() ? Optional.of(quiet(hours)) : Optional.empty();
  }

  private static InputLine quiet(Matcher hours) {
    var zone = Optional.ofNullable(hours.group("zone"));
    try {
      var from = time(hours, "from");
      var to = time(hours, "to");
      if (from.equals(to)) return new InputLine.Wrong("Quiet hours need two different times.");
      var of = zone.map(ZoneId::of).orElseGet(ZoneId::systemDefault);
      return new InputLine.Quiet(
          Optional.of(new QuietHours(from.toString(), to.toString(), of.getId())));
    } catch (DateTimeException wrong) {
      return new InputLine.Wrong(
          "Write quiet hours as 22:00-07:00, and a time zone as Europe/Berlin.");
    }
  }

  private static LocalTime time(Matcher hours, String which) {
    var minute = hours.group(which + "Minute");
    return LocalTime.of(
        Integer.parseInt(hours.group(which)), minute == null ? 0 : Integer.parseInt(minute));
  }
}
