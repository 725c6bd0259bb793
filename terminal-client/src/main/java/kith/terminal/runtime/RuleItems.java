package kith.terminal.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.rest.Notifications.NotificationRules;
import kith.protocol.rest.Notifications.RoomLevel;
import kith.terminal.model.Picker.Item;
import kith.terminal.plain.NotificationLines;

/// The rules of notifications as items of the list of settings. The id of each is the command that
/// changes it: to the next value, or one whose arguments the user edits.
final class RuleItems {
  private RuleItems() {}

  /// @param room the current one; empty if there is none
  static List<Item> of(NotificationRules rules, String room) {
    var items = new ArrayList<Item>();
    var hours =
        rules.quiet().map(it -> it.from() + "-" + it.to() + " " + it.zone()).orElse("22:00-07:00");
    items.add(new Item("/quiet " + hours, "quiet hours", quiet(rules), true));
    var keywords = String.join(", ", rules.keywords());
    items.add(
        new Item(
            "/keywords " + keywords,
            "keywords that notify",
            keywords.isEmpty() ? "none" : keywords,
            true));
    if (!room.isEmpty()) items.add(level(rules, room));
    items.add(contents(rules));
    var away = rules.awayMinutes();
    items.add(
        new Item(
            "/notify away " + (away.isPresent() ? away.getAsInt() : 10),
            "notifications come",
            NotificationLines.away(rules),
            true));
    return items;
  }

  private static String quiet(NotificationRules rules) {
    return rules.quiet().map(NotificationLines::hours).orElse("none");
  }

  private static Item level(NotificationRules rules, String room) {
    var level =
        rules.rooms().stream()
            .filter(it -> it.room().equals(room))
            .map(RoomLevel::level)
            .findFirst()
            .orElse(NotificationLevel.MENTIONS);
    var levels = NotificationLevel.values();
    var next = levels[(level.ordinal() + 1) % levels.length];
    return new Item("/notify " + word(next), "this room notifies of", word(level));
  }

  private static Item contents(NotificationRules rules) {
    var contents = rules.contents().atMost(rules.most());
    var next =
        NotificationContents.values()[(contents.ordinal() + 1) % (rules.most().ordinal() + 1)];
    return new Item(
        "/notify contents " + word(next), "notifications show", NotificationLines.shown(contents));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
