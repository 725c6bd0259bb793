package kith.node.feature.reminders;

import java.util.List;
import kith.node.platform.serialization.CborSerializable;

/// The messages about reminders between nodes.
public final class ReminderExamples {
  private ReminderExamples() {}

  public static List<CborSerializable> all() {
    return List.of(new ReminderNews.FromNode("ann"));
  }
}
