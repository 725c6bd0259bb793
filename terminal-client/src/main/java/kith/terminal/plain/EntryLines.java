package kith.terminal.plain;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import kith.protocol.Names;
import kith.protocol.Role;
import kith.protocol.frame.Entry;
import kith.protocol.rest.RoomRequests.Moderation;

/// Entries as lines of text.
public final class EntryLines {
  private final DateTimeFormatter clock;
  private final DateTimeFormatter day;

  public EntryLines(ZoneId zone) {
    clock = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(zone);
    day = DateTimeFormatter.ISO_LOCAL_DATE.withZone(zone);
  }

  /// The time of day, with the date if that differs from the date of `now`.
  public String time(Instant at, Instant now) {
    var time = clock.format(at);
    return day.format(at).equals(day.format(now)) ? time : day.format(at) + " " + time;
  }

  /// Absent for entries that are not shown.
  public Optional<String> line(Entry entry) {
    return text(entry).map(text -> prefix(entry.seq(), entry.at()) + text);
  }

  private String prefix(long seq, Instant at) {
    return "[" + clock.format(at) + "] #" + seq + " ";
  }

  /// The entry without the time and the number.
  public static Optional<String> text(Entry entry) {
    var by = name(entry.by());
    return switch (entry) {
      case Entry.Message message -> Optional.of(author(message) + body(message));
      case Entry.Edited edited ->
          edited.body().map(body -> by + " edited #" + edited.target() + ": " + body(body));
      case Entry.Redacted redacted ->
          Optional.of(by + " removed #" + redacted.target() + reason(redacted.reason()));
      case Entry.Reacted reacted -> Optional.of(by + reaction(reacted));
      case Entry.Pinned pinned ->
          Optional.of(
              "* "
                  + by
                  + (pinned.removed().orElse(false) ? " unpinned #" : " pinned #")
                  + pinned.target());
      case Entry.Created created ->
          Optional.of(
              created.members().isPresent()
                  ? "* " + by + " started this conversation"
                  : "* " + by + " made the room " + Sanitizer.line(created.name()));
      case Entry.Joined _ -> Optional.of("* " + by + " joined");
      case Entry.Left _ -> Optional.of("* " + by + " left");
      case Entry.Kicked kicked ->
          Optional.of(
              "* " + by + " removed " + Sanitizer.line(kicked.user()) + reason(kicked.reason()));
      case Entry.Banned banned ->
          Optional.of(
              "* " + by + " banned " + Sanitizer.line(banned.user()) + reason(banned.reason()));
      case Entry.Unbanned unbanned ->
          Optional.of("* " + by + " lifted the ban of " + Sanitizer.line(unbanned.user()));
      case Entry.RoleChanged changed ->
          Optional.of(
              "* " + by + " made " + Sanitizer.line(changed.user()) + " " + role(changed.role()));
      case Entry.SettingsChanged changed -> Optional.of("* " + by + settings(changed));
      case Entry.Invited _ -> Optional.of("* " + by + " created an invitation");
      case Entry.InvitationRevoked _ -> Optional.of("* " + by + " revoked an invitation");
      case Entry.Deleted _ -> Optional.of("* " + by + " deleted the room");
      case Entry.Truncated _, Entry.Hidden _, Entry.Unknown _ -> Optional.empty();
    };
  }

  /// The name before an entry. A mark that no user name can contain shows that a program speaks.
  public static String author(Entry entry) {
    return entry instanceof Entry.Message message && message.program().isPresent()
        ? "⚙ " + Sanitizer.line(message.program().get().name().orElse(message.by()))
        : name(entry.by());
  }

  private static String name(String by) {
    return by.equals(Names.OPERATOR) ? "the server's operator" : Sanitizer.line(by);
  }

  private static String body(Entry.Message message) {
    var to = message.replyTo().isPresent() ? " (to #" + message.replyTo().getAsLong() + ")" : "";
    if (message.redaction().isPresent()) return to + ": (removed)";
    var latest = message.edit().map(edit -> body(edit.body()) + " (edited)");
    var text = latest.orElseGet(() -> body(message.body().orElse("")));
    var files =
        message.files().orElse(List.of()).stream()
            .map(FileLines::row)
            .collect(Collectors.joining("\n    "));
    return to
        + called(message)
        + ": "
        + text
        + (text.isBlank() || files.isEmpty() ? "" : "\n    ")
        + files;
  }

  /// The user who called the command that a bot answers.
  static String called(Entry.Message message) {
    return message
        .program()
        .flatMap(Entry.Program::call)
        .map(call ->
            " (/" + Sanitizer.line(call.command()) + " of " + Sanitizer.line(call.by()) + ")")
        .orElse("");
  }

  /// The text of a message, or the names of its files if it has none.
  public static String preview(Entry.Message message) {
    var text = message.edit().map(Entry.LatestEdit::body).or(message::body).orElse("");
    return text.isBlank()
        ? message.files().orElse(List.of()).stream()
            .map(file -> "▣ " + file.name())
            .collect(Collectors.joining(", "))
        : text;
  }

  /// Marks continuation lines, so that a message cannot imitate a line of another user.
  static String body(String body) {
    return Sanitizer.text(body).replace("\n", "\n    | ");
  }

  private static String reaction(Entry.Reacted reacted) {
    var emoji = Sanitizer.line(reacted.emoji());
    return reacted.removed().orElse(false)
        ? " removed " + emoji + " from #" + reacted.target()
        : " reacted " + emoji + " to #" + reacted.target();
  }

  private static String reason(Optional<String> reason) {
    return reason.map(text -> " (" + Sanitizer.line(text) + ")").orElse("");
  }

  static String role(Role role) {
    return switch (role) {
      case MEMBER -> "a member";
      case MODERATOR -> "a moderator";
      case OWNER -> "an owner";
    };
  }

  private static String settings(Entry.SettingsChanged changed) {
    var parts = new ArrayList<String>();
    changed.name().ifPresent(name -> parts.add("the name to " + Sanitizer.line(name)));
    changed.topic().ifPresent(topic -> parts.add("the topic to " + Sanitizer.line(topic)));
    changed
        .visibility()
        .ifPresent(it -> parts.add("the visibility to " + it.name().toLowerCase(Locale.ROOT)));
    changed.passcode().ifPresent(is -> parts.add(is ? "the passcode" : "the passcode to none"));
    changed
        .capacity()
        .ifPresent(most -> parts.add("the capacity to " + (most == 0 ? "no limit" : most)));
    changed
        .retention()
        .ifPresent(kept -> parts.add("how much it keeps to " + RetentionLines.kept(kept)));
    changed.moderation().ifPresent(it -> parts.addAll(ModerationLines.changes(it)));
    var acts = new ArrayList<String>();
    changed
        .moderation()
        .flatMap(Moderation::archived)
        .ifPresent(is -> acts.add(is ? "archived the room" : "opened the room again"));
    if (!parts.isEmpty()) acts.add("changed " + String.join(", ", parts));
    return " " + String.join(", and ", acts);
  }
}
