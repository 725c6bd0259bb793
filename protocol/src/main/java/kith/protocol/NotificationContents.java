package kith.protocol;

/// The content of a notification, from least to most.
public enum NotificationContents {
  /// Only that there is a message.
  OFF,
  /// Its author and its room.
  SENDER,
  /// Its author, its room and its text.
  FULL;

  public NotificationContents atMost(NotificationContents most) {
    return compareTo(most) <= 0 ? this : most;
  }
}
