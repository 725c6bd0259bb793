package kith.terminal.runtime;

import java.util.List;
import kith.protocol.rest.Notifications.NotificationRules;
import kith.terminal.model.Picker.Item;
import kith.terminal.plain.RuleSettings;

/// The rules of notifications as items of the list of settings. The id of each is the command that
/// changes it.
final class RuleItems {
  private RuleItems() {}

  /// @param room the current one; empty if there is none
  static List<Item> of(NotificationRules rules, String room) {
    return RuleSettings.of(rules, room).stream()
        .map(it ->
            new Item(it.command(), it.label(), Item.value(it.value(), it.values()), it.needsText()))
        .toList();
  }
}
