package kith.terminal.plain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.rest.Notifications.NotificationRules;
import kith.protocol.rest.Notifications.RoomLevel;

/// The rules of notifications as settings.
public final class RuleSettings {
  private RuleSettings() {}

  /// @param command changes it: to the next value, or one whose arguments the user edits
  /// @param values all that it can have, if they are few
  /// @param needsText the user edits the arguments
  public record Setting(
      String command, String label, String value, List<String> values, boolean needsText) {
    public Setting {
      values = List.copyOf(values);
    }

    private static Setting typed(String command, String label, String value) {
      return new Setting(command, label, value, List.of(), true);
    }
  }

  /// @param room the current one; empty if there is none
  public static List<Setting> of(NotificationRules rules, String room) {
    var settings = new ArrayList<Setting>();
    var hours =
        rules.quiet().map(it -> it.from() + "-" + it.to() + " " + it.zone()).orElse("22:00-07:00");
    settings.add(Setting.typed("/quiet " + hours, "hours without notifications", quiet(rules)));
    var keywords = String.join(", ", rules.keywords());
    settings.add(
        Setting.typed(
            "/keywords " + keywords,
            "more words that notify you",
            keywords.isEmpty() ? "none" : keywords));
    if (!room.isEmpty()) settings.add(level(rules, room));
    settings.add(contents(rules));
    var away = rules.awayMinutes();
    settings.add(
        Setting.typed(
            "/notify away " + (away.isPresent() ? away.getAsInt() : 10),
            "push notifications come",
            NotificationLines.away(rules)));
    return settings;
  }

  private static String quiet(NotificationRules rules) {
    return rules.quiet().map(NotificationLines::hours).orElse("none");
  }

  private static Setting level(NotificationRules rules, String room) {
    var level =
        rules.rooms().stream()
            .filter(it -> it.room().equals(room))
            .map(RoomLevel::level)
            .findFirst()
            .orElse(NotificationLevel.MENTIONS);
    var levels = List.of(NotificationLevel.values());
    var next = next(levels, level);
    return new Setting(
        "/notify " + word(next),
        "messages here that notify",
        word(level),
        levels.stream().map(RuleSettings::word).toList(),
        false);
  }

  private static Setting contents(NotificationRules rules) {
    var contents = rules.contents().atMost(rules.most());
    var allowed =
        Arrays.stream(NotificationContents.values())
            .filter(it -> it.compareTo(rules.most()) <= 0)
            .toList();
    var next = next(allowed, contents);
    return new Setting(
        "/notify contents " + word(next),
        "push notifications show",
        NotificationLines.shown(contents),
        allowed.stream().map(NotificationLines::shown).toList(),
        false);
  }

  private static <E> E next(List<E> values, E value) {
    return values.get((values.indexOf(value) + 1) % values.size());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
