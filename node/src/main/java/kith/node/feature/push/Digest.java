package kith.node.feature.push;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kith.node.platform.config.Portions;
import kith.protocol.NotificationContents;
import kith.protocol.frame.Entry;

/// The unread messages of an account as the text of an e-mail.
record Digest(String subject, String text) {
  /// The unread messages of one room, the oldest first.
  ///
  /// @param isDirect true for a conversation
  record Room(String name, boolean isDirect, List<Entry.Message> messages) {
    Room {
      messages = List.copyOf(messages);
    }
  }

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

  /// @param contents how much it shows
  /// @param zone of the times
  static Digest of(NotificationContents contents, List<Room> rooms, ZoneId zone) {
    var number = rooms.stream().mapToInt(room -> room.messages().size()).sum();
    var subject = number == 1 ? "1 unread message" : number + " unread messages";
    var text =
        switch (contents) {
          case OFF -> "You have " + subject + ".\n";
          case SENDER ->
              rooms.stream().map(room -> senders(room) + "\n").collect(Collectors.joining());
          case FULL -> texts(rooms, number, zone);
        };
    return new Digest(subject, text);
  }

  /// `garden: 3 messages by ann, carol`
  private static String senders(Room room) {
    var number = room.messages().size();
    var messages = number == 1 ? "1 message" : number + " messages";
    if (room.isDirect()) return name(room) + ": " + messages;
    var senders =
        room.messages().stream()
            .map(Entry.Message::by)
            .distinct()
            .collect(Collectors.joining(", "));
    return name(room) + ": " + messages + " by " + line(senders);
  }

  private static String name(Room room) {
    return line(room.isDirect() ? room.messages().getFirst().by() : room.name());
  }

  private static String texts(List<Room> rooms, int number, ZoneId zone) {
    var lines = new ArrayList<String>();
    var shown = 0;
    for (var room : rooms) {
      if (shown == Portions.DIGEST_TEXTS) break;
      lines.add(name(room));
      for (var message : room.messages()) {
        if (shown == Portions.DIGEST_TEXTS) break;
        lines.add("  " + text(message, room.isDirect(), zone));
        shown++;
      }
      lines.add("");
    }
    if (number > shown) lines.add("And %d more.".formatted(number - shown));
    lines.add("Times are in %s.".formatted(zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId()));
    return String.join("\n", lines) + "\n";
  }

  private static String text(Entry.Message message, boolean isDirect, ZoneId zone) {
    var text = line(Notification.first(Notification.text(message)));
    var time = TIME.format(message.at().atZone(zone));
    return isDirect ? time + "  " + text : time + "  " + line(message.by()) + ": " + text;
  }

  /// The text on one line, without characters that change the direction or the look of the text
  /// after it.
  private static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ")
        .replaceAll("[\\u202a-\\u202e\\u2066-\\u2069]", "")
        .strip();
  }
}
