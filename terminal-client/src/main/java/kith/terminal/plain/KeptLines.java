package kith.terminal.plain;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.protocol.rest.KeptMessages.Bookmark;
import kith.terminal.net.KeptCalls;
import kith.terminal.net.Rest;

/// Pinned messages and bookmarks as lines of text.
public final class KeptLines {
  private static final int PAGE = 50;

  /// The text in place of a message that the user may no longer read.
  private static final String GONE = "(no longer readable)";

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

  /// Makes or removes a bookmark, and returns a sentence about it.
  public static String bookmark(Rest rest, String room, InputLine.Bookmark asked) {
    var calls = new KeptCalls(rest);
    if (!asked.is()) {
      calls.removeBookmark(room, asked.seq());
      return "Your bookmark of #" + asked.seq() + " is removed.";
    }
    calls.bookmark(room, asked.seq(), asked.note());
    return "#" + asked.seq() + " is bookmarked for you alone; /bookmarks lists your bookmarks.";
  }

  /// All bookmarks of the user, the latest last.
  public static List<String> bookmarks(Rest rest) {
    var lines = new ArrayList<String>();
    var shown = new EntryLines(ZoneId.systemDefault());
    var now = Instant.now();
    var all = allBookmarks(rest);
    var titles = all.isEmpty() ? Map.<String, String>of() : SearchLines.titles(rest);
    for (var it : all) lines.addFirst(line(it, titles, shown, now));
    return lines.isEmpty() ? List.of("You have no bookmarks.") : lines;
  }

  /// The latest first. An account has a limited number of them.
  public static List<Bookmark> allBookmarks(Rest rest) {
    var calls = new KeptCalls(rest);
    var all = new ArrayList<Bookmark>();
    var before = OptionalLong.empty();
    do {
      var page = calls.bookmarks(before, PAGE);
      all.addAll(page.bookmarks());
      before = page.before();
    } while (before.isPresent());
    return all;
  }

  /// @param titles of the user's rooms, by their ids
  public static String line(
      Bookmark it, Map<String, String> titles, EntryLines lines, Instant now) {
    var message = it.message();
    var at = message.map(Entry.Message::at).orElse(it.created());
    var text = message.flatMap(EntryLines::text).orElse(GONE);
    return "[%s] %s #%d %s%s"
        .formatted(lines.time(at, now), title(it, titles), it.seq(), text, note(it));
  }

  /// The name of the room; its id if the user is no longer a member.
  public static String title(Bookmark it, Map<String, String> titles) {
    return Sanitizer.line(titles.getOrDefault(it.room(), it.room()));
  }

  /// One line, for a list to choose from.
  public static String label(Bookmark it) {
    return it.message().map(KeptLines::label).orElse(GONE) + note(it);
  }

  private static String note(Bookmark it) {
    return it.note().map(note -> "  (" + Sanitizer.line(note) + ")").orElse("");
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
