package kith.protocol;

/// The messages of a room that notify a user.
public enum NotificationLevel {
  ALL,
  /// Mentions, keywords, and all messages of a direct conversation.
  MENTIONS,
  NONE
}
