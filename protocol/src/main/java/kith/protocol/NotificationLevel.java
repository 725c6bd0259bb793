package kith.protocol;

/// Which messages of a room notify a user.
public enum NotificationLevel {
  ALL,
  /// Mentions, keywords, and all messages of a direct conversation.
  MENTIONS,
  NONE
}
