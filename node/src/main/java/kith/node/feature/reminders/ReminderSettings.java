package kith.node.feature.reminders;

import kith.node.platform.config.Section;

/// @param perAccount reminders of one account
public record ReminderSettings(int perAccount) {
  public static ReminderSettings read(Section in) {
    return new ReminderSettings(in.number("per-account", 1, 1_000));
  }
}
