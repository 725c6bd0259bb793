package kith.protocol;

/// What a notification shows, from least to most.
public enum NotificationContents {
  /// That there is a message.
  OFF,
  /// Who wrote it, and in which room.
  SENDER,
  /// The text, too.
  FULL;

  public NotificationContents atMost(NotificationContents most) {
    return compareTo(most) <= 0 ? this : most;
  }
}
