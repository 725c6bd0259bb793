package kith.terminal.plain;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.net.KeptCalls;
import kith.terminal.net.Rest;

/// Pinned messages as lines of text.
public final class KeptLines {
  private static final int PAGE = 50;

  private KeptLines() {}

  /// All pinned messages of a room, the latest pin last.
  public static List<String> pins(Rest rest, String room) {
    var lines = new ArrayList<String>();
    var shown = new EntryLines(ZoneId.systemDefault());
    var now = Instant.now();
    for (var message : allPins(rest, room)) lines.addFirst(line(message, shown, now));
    return lines.isEmpty() ? List.of("Nothing is pinned in this room.") : lines;
  }

  /// The latest pin first. A room has a limited number of them.
  public static List<Entry.Message> allPins(Rest rest, String room) {
    var calls = new KeptCalls(rest);
    var all = new ArrayList<Entry.Message>();
    var before = OptionalLong.empty();
    do {
      var page = calls.pins(room, before, PAGE);
      all.addAll(page.messages());
      before = page.before();
    } while (before.isPresent());
    return all;
  }

  public static String line(Entry.Message message, EntryLines lines, Instant now) {
    return "[%s] #%d %s"
        .formatted(
            lines.time(message.at(), now), message.seq(), EntryLines.text(message).orElse(""));
  }

  /// The text of a message on one line, for a list to choose from.
  public static String label(Entry.Message message) {
    var text = Sanitizer.line(EntryLines.preview(message));
    return EntryLines.author(message) + ": " + text;
  }
}
