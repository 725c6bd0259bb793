package kith.node.feature.reminders;

import java.util.List;
import kith.node.platform.serialization.CborSerializable;

/// What nodes send each other of reminders.
public final class ReminderExamples {
  private ReminderExamples() {}

  public static List<CborSerializable> all() {
    return List.of(new ReminderNews.FromNode("ann"));
  }
}
