package kith.node.feature.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import kith.node.platform.config.Portions;
import kith.protocol.NotificationContents;
import kith.protocol.frame.Entry;

/// The notification that a device shows.
///
/// @param tag names it for its receiver, so that it can be withdrawn; absent from a test
record Notification(String title, String text, Optional<String> tag) {
  static final Notification TEST = new Notification("Kith", "This is a test.");

  private static final Notification WITHOUT_CONTENTS =
      new Notification("Kith", "You have a new message.");

  private static final Notification REMINDER_WITHOUT_CONTENTS =
      new Notification("Kith", "A reminder is due.");

  private Notification(String title, String text) {
    this(title, text, Optional.empty());
  }

  /// The same for each attempt, and meaningless to a push server. It has 24 characters, fewer than
  /// the 32 that the `Topic` of Web Push may have.
  static String tag(String target, String room, long seq) {
    return hash(target + " " + room + " " + seq);
  }

  /// No room has the name, so it is never that of a message.
  static String tagOfReminder(String target, String reminder, Instant at) {
    return hash(target + " reminder " + reminder + " " + at);
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 18));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The text of a named message is left out: the room decides who may read it.
  static Notification ofReminder(NotificationContents contents, Optional<String> text) {
    return switch (contents) {
      case OFF, SENDER -> REMINDER_WITHOUT_CONTENTS;
      case FULL -> new Notification("Reminder", first(text.orElse("A message.")));
    };
  }

  Notification tagged(String name) {
    return new Notification(title, text, Optional.of(name));
  }

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

  /// The present text of a message, or a placeholder for a file.
  static String text(Entry.Message message) {
    var latest = message.edit().map(edit -> edit.body()).or(message::body).orElse("");
    return latest.isBlank() ? "A file." : latest;
  }

  /// The beginning of a text.
  static String first(String text) {
    var points = text.codePointCount(0, text.length());
    return points <= Portions.NOTIFIED_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Portions.NOTIFIED_TEXT)) + "…";
  }
}
