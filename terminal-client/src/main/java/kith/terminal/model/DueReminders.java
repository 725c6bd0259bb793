package kith.terminal.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kith.protocol.frame.ServerFrame.Reminder;

/// The reminders that are due, as far as the server has sent them in this connection.
///
/// @param due the earliest first
/// @param shown those that were shown to the user, also in earlier connections: each is shown once
public record DueReminders(List<Reminder> due, List<Reminder> shown) {
  public static final DueReminders NONE = new DueReminders(List.of(), List.of());
  private static final int MAX_SHOWN = 1_000;

  public DueReminders {
    due = List.copyOf(due);
    shown = List.copyOf(shown);
  }

  /// Whether a reminder has just become due for this client.
  public boolean isNew(Reminder frame) {
    return frame.due() && !shown.contains(frame);
  }

  public boolean has(String id) {
    return due.stream().anyMatch(it -> it.reminder().equals(id));
  }

  public DueReminders updated(Reminder frame) {
    var others = due.stream().filter(it -> !it.reminder().equals(frame.reminder()));
    if (!frame.due()) return new DueReminders(others.toList(), shown);
    var all = new ArrayList<>(others.toList());
    all.add(frame);
    all.sort(Comparator.comparing(Reminder::at));
    return new DueReminders(all, isNew(frame) ? withShown(frame) : shown);
  }

  private List<Reminder> withShown(Reminder frame) {
    var all = new ArrayList<>(shown);
    all.add(frame);
    return all.subList(Math.max(0, all.size() - MAX_SHOWN), all.size());
  }

  /// Nothing counts as due until the server reports it again.
  public DueReminders reconnected() {
    return new DueReminders(List.of(), shown);
  }
}
