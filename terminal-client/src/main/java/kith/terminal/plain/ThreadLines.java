package kith.terminal.plain;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Threads.FollowedThread;
import kith.protocol.rest.Threads.ThreadPage;
import kith.terminal.net.Refused;
import kith.terminal.net.Rest;
import kith.terminal.net.ThreadCalls;

/// Threads as lines of text.
public final class ThreadLines {
  private ThreadLines() {}

  /// Follows or unfollows a thread, and returns a sentence about it.
  public static String follow(Rest rest, String room, InputLine.Follow asked) {
    var calls = new ThreadCalls(rest);
    if (asked.seq().isEmpty())
      throw new Refused(
          0, "local", "Which thread? Give the number of a message.", OptionalLong.empty());
    long seq = asked.seq().getAsLong();
    if (asked.is()) {
      calls.follow(room, seq);
      return "You follow the thread of #" + seq + "; /threads lists what you follow.";
    }
    long root = calls.page(room, seq, OptionalLong.empty()).root();
    calls.unfollow(room, root);
    return "You no longer follow the thread of #" + root + ".";
  }

  /// The whole thread, which then counts as read.
  ///
  /// @param answering the command that answers it, without the number of its first message
  public static List<String> thread(Rest rest, String room, long seq, String answering) {
    var entries = new ArrayList<Entry>();
    var calls = new ThreadCalls(rest);
    var page = calls.page(room, seq, OptionalLong.empty());
    var first = page;
    entries.addAll(page.entries());
    while (page.before().isPresent()) {
      page = calls.page(room, first.root(), page.before());
      entries.addAll(0, page.entries());
    }
    first.message().ifPresent(entries::addFirst);
    if (first.follow().isPresent() && !entries.isEmpty())
      calls.read(room, first.root(), entries.getLast().seq());
    var lines = new ArrayList<String>();
    var shown = new EntryLines(ZoneId.systemDefault());
    for (var entry : entries) shown.line(entry).ifPresent(lines::add);
    lines.add(summary(first, answering));
    return lines;
  }

  private static String summary(ThreadPage page, String answering) {
    return count(page.replies())
        + (page.follow().isPresent() ? ", you follow it" : "")
        + "; "
        + answering
        + " "
        + page.root()
        + " answers";
  }

  private static String count(long replies) {
    return replies == 1 ? "1 reply" : replies + " replies";
  }

  /// The threads that the user follows, those with unread replies last.
  public static List<String> followed(Rest rest) {
    var all = new ThreadCalls(rest).followed().threads();
    if (all.isEmpty()) return List.of("You follow no threads.");
    var titles = SearchLines.titles(rest);
    var lines = new ArrayList<String>();
    var shown = new EntryLines(ZoneId.systemDefault());
    var now = Instant.now();
    for (var it : all) lines.addFirst(line(it, titles, shown, now));
    return lines;
  }

  /// @param titles of the user's rooms, by their ids
  public static String line(
      FollowedThread it, Map<String, String> titles, EntryLines lines, Instant now) {
    var time = it.first().map(first -> "[" + lines.time(first.at(), now) + "] ").orElse("");
    return time + title(it.room(), titles) + " #" + it.root() + " " + label(it);
  }

  public static String title(String room, Map<String, String> titles) {
    return Sanitizer.line(titles.getOrDefault(room, room));
  }

  /// One line, for a list to choose from: `2 new ann: tea at five? (3 replies)`.
  public static String label(FollowedThread it) {
    var unread = it.unread() == 0 ? "" : it.unread() + " new  ";
    var first =
        it.first()
            .map(by ->
                Sanitizer.line(by.by()) + ": " + Sanitizer.line(by.text().orElse("(removed)")))
            .orElse("(no longer readable)");
    return unread + first + " (" + count(it.replies()) + ")";
  }

  /// The line that line mode prints when a followed thread has unread replies.
  public static String news(String room, ServerFrame.Thread it) {
    return room
        + ": "
        + (it.unread() == 1 ? "1 unread reply" : it.unread() + " unread replies")
        + " in the thread of #"
        + it.root()
        + "; /thread "
        + it.root()
        + " shows it";
  }
}
