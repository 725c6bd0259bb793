package kith.terminal.plain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import kith.protocol.rest.Inboxes.Inbox;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.Inboxes.Latest;

/// The rooms of an inbox as lines of text.
public final class InboxLines {
  /// Unread rooms first, those with mentions before others, then by latest message.
  private static final Comparator<InboxRoom> ORDER =
      Comparator.<InboxRoom, Boolean>comparing(room -> !isUnread(room))
          .thenComparing(room -> room.mentions().orElse(0) == 0)
          .thenComparing(
              room -> room.latest().map(Latest::at).orElse(Instant.EPOCH),
              Comparator.reverseOrder());

  private InboxLines() {}

  public static List<InboxRoom> sorted(Inbox inbox) {
    return inbox.rooms().stream().sorted(ORDER).toList();
  }

  static boolean isUnread(InboxRoom room) {
    return room.unread() > 0 || room.unreadFrom().isPresent();
  }

  /// The unread messages, the name, the mentions and the latest message.
  public static String line(InboxRoom room) {
    var count = room.unread() > 0 ? String.valueOf(room.unread()) : isUnread(room) ? "*" : "";
    var name = name(room) + (room.muted() ? " (muted)" : "");
    int named = room.mentions().orElse(0);
    var mentions = named > 0 ? " @" + named : "";
    var latest = room.latest().map(it -> ", " + Sanitizer.line(text(it))).orElse("");
    return "%4s  %s%s%s".formatted(count, name, mentions, latest);
  }

  static String name(InboxRoom room) {
    return Sanitizer.line(room.title().orElse(room.room()));
  }

  private static String text(Latest latest) {
    return latest.by() + ": " + latest.text().orElse("(removed)").replace('\n', ' ');
  }

  /// The unread rooms in words, without columns that a screen reader would have to explain.
  static List<String> unread(Inbox inbox) {
    var lines = sorted(inbox).stream().filter(InboxLines::isUnread).map(InboxLines::words).toList();
    return lines.isEmpty() ? List.of("No room is unread.") : lines;
  }

  private static String words(InboxRoom room) {
    int named = room.mentions().orElse(0);
    return name(room)
        + (room.muted() ? " (muted)" : "")
        + ": "
        + (room.unread() > 0 ? room.unread() + " unread" : "marked as unread")
        + (named > 0 ? ", " + named + (named == 1 ? " mentions you" : " mention you") : "");
  }
}
