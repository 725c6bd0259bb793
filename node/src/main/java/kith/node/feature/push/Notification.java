package kith.node.feature.push;

import kith.node.platform.config.Portions;
import kith.protocol.NotificationContents;
import kith.protocol.frame.Entry;

/// What a device shows.
record Notification(String title, String text) {
  static final Notification TEST = new Notification("Kith", "This is a test.");

  private static final Notification WITHOUT_CONTENTS =
      new Notification("Kith", "You have a new message.");

  static Notification of(
      NotificationContents contents, String room, boolean isDirect, Entry.Message message) {
    var title = isDirect ? message.by() : room;
    return switch (contents) {
      case OFF -> WITHOUT_CONTENTS;
      case SENDER ->
          new Notification(
              title, isDirect ? "A new message." : "A new message by " + message.by() + ".");
      case FULL -> {
        var text = first(text(message));
        yield new Notification(title, isDirect ? text : message.by() + ": " + text);
      }
    };
  }

  private static String text(Entry.Message message) {
    var latest = message.edit().map(edit -> edit.body()).or(message::body).orElse("");
    return latest.isBlank() ? "A file." : latest;
  }

  private static String first(String text) {
    var points = text.codePointCount(0, text.length());
    return points <= Portions.NOTIFIED_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Portions.NOTIFIED_TEXT)) + "…";
  }
}
