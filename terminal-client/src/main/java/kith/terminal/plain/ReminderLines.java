package kith.terminal.plain;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Reminders.AccountReminder;
import kith.terminal.net.ReminderCalls;
import kith.terminal.net.Rest;

/// Reminders as lines of text.
public final class ReminderLines {
  /// The text in place of a message that the user may no longer read.
  public static final String GONE = "(no longer readable)";

  private ReminderLines() {}

  /// Makes, moves or removes a reminder, and returns a sentence about it.
  ///
  /// @param room the current one; empty if there is none
  public static String run(
      Rest rest, InputLine.AboutReminders asked, String room, Instant now, ZoneId zone) {
    var calls = new ReminderCalls(rest);
    return switch (asked) {
      case InputLine.Remind remind -> remind(calls, remind, room, now, zone);
      case InputLine.Postpone(var id, var time) ->
          postpone(calls, id, time.after(now, zone))
              ? "Reminder "
                  + Sanitizer.line(id)
                  + " at "
                  + new EntryLines(zone).time(time.after(now, zone), now)
                  + "."
              : "You have no reminder " + Sanitizer.line(id) + ".";
      case InputLine.Unremind(var id) -> {
        calls.remove(id);
        yield "The reminder " + Sanitizer.line(id) + " is removed.";
      }
    };
  }

  private static String remind(
      ReminderCalls calls, InputLine.Remind asked, String room, Instant now, ZoneId zone) {
    var id = ReminderCalls.newId();
    var at = asked.time().after(now, zone);
    var place = asked.seq().isPresent() ? Optional.of(room) : Optional.<String>empty();
    calls.put(id, at, asked.text(), place, asked.seq());
    return "Reminder "
        + id
        + " at "
        + new EntryLines(zone).time(at, now)
        + ": "
        + subject(asked)
        + "; /reminders lists your reminders.";
  }

  /// @return false if there is no reminder with this id
  private static boolean postpone(ReminderCalls calls, String id, Instant at) {
    var found =
        calls.list().reminders().stream().filter(it -> it.reminder().equals(id)).findFirst();
    found.ifPresent(it -> calls.put(id, at, it.text(), it.room(), it.seq()));
    return found.isPresent();
  }

  private static String subject(InputLine.Remind asked) {
    var text = asked.text().map(Sanitizer::line);
    if (asked.seq().isEmpty()) return text.orElse("");
    return "#" + asked.seq().getAsLong() + text.map(it -> " (" + it + ")").orElse("");
  }

  /// All reminders of the user, the earliest first.
  public static List<String> all(Rest rest) {
    var found = new ReminderCalls(rest).list().reminders();
    if (found.isEmpty()) return List.of("You have no reminders.");
    var titles = titles(rest, found);
    var lines = new ArrayList<String>();
    var shown = new EntryLines(ZoneId.systemDefault());
    var now = Instant.now();
    for (var it : found) lines.add(line(it, titles, shown, now));
    return lines;
  }

  /// The titles of the user's rooms, by their ids, if a reminder needs them.
  public static Map<String, String> titles(Rest rest, List<AccountReminder> all) {
    return all.stream().anyMatch(it -> it.room().isPresent()) ? SearchLines.titles(rest) : Map.of();
  }

  /// `k7m2xw9p [09:00] garden #17 ann: tea at four (answer)`
  public static String line(
      AccountReminder it, Map<String, String> titles, EntryLines lines, Instant now) {
    return it.reminder()
        + " ["
        + lines.time(it.at(), now)
        + "] "
        + place(it, titles).map(place -> place + " ").orElse("")
        + label(it);
  }

  /// The place of its message: `garden #17`, or the room's id if the user is no longer a member.
  public static Optional<String> place(AccountReminder it, Map<String, String> titles) {
    return it.room()
        .map(room -> Sanitizer.line(titles.getOrDefault(room, room)) + number(it.seq()));
  }

  private static String number(OptionalLong seq) {
    return seq.isEmpty() ? "" : " #" + seq.getAsLong();
  }

  /// One line, for a list to choose from: `due ann: tea at four (answer)`.
  public static String label(AccountReminder it) {
    var message =
        it.message()
            .map(found -> Sanitizer.line(found.by()) + ": " + Sanitizer.line(found.text()))
            .orElse(GONE);
    return (it.due() ? "due  " : "") + text(it.text(), it.room().isEmpty() ? "" : message);
  }

  /// @param message empty if the reminder has none
  public static String text(ServerFrame.Reminder frame, String message) {
    return text(frame.text(), Sanitizer.line(message));
  }

  private static String text(Optional<String> own, String message) {
    var text = own.map(Sanitizer::line).orElse("");
    if (message.isEmpty()) return text;
    return text.isEmpty() ? message : message + " (" + text + ")";
  }

  /// The line that line mode prints when a reminder is due.
  ///
  /// @param room the name of the room of its message
  public static String news(ServerFrame.Reminder frame, String room) {
    var message = frame.seq().isEmpty() ? "" : room + number(frame.seq());
    return "Reminder: " + text(frame, message) + "; /unremind " + frame.reminder() + " removes it";
  }
}
