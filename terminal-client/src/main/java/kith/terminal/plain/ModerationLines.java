package kith.terminal.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kith.protocol.frame.ServerFrame.OwnMute;
import kith.protocol.rest.Moderating;
import kith.protocol.rest.RoomRequests.Moderation;

/// The moderation of rooms as lines of text.
public final class ModerationLines {
  private ModerationLines() {}

  /// The sentence for the user about a change of their own mute; empty if it has not changed.
  public static Optional<String> news(
      String room, Optional<OwnMute> before, Optional<OwnMute> now) {
    if (now.equals(before)) return Optional.empty();
    var name = Sanitizer.line(room);
    return Optional.of(
        now.map(mute -> "You are muted in " + name + " " + text(mute) + ".")
            .orElse("You can write in " + name + " again."));
  }

  /// `until 14:05 by ann (spam)`.
  public static String text(OwnMute mute) {
    return "until "
        + LocalTime.text(mute.until())
        + " by "
        + Sanitizer.line(mute.by())
        + reason(mute.reason());
  }

  static List<String> lines(Moderating.Mutes mutes) {
    return mutes.mutes().isEmpty()
        ? List.of("Nobody is muted in this room.")
        : mutes.mutes().stream().map(it -> Sanitizer.line(it.user()) + "  " + text(it)).toList();
  }

  /// A mute without the name of the user.
  public static String text(Moderating.Mute mute) {
    return text(new OwnMute(mute.until(), mute.by(), mute.reason()));
  }

  /// The report, then the message and its neighbours.
  ///
  /// @param handle the command that handles the report with an id
  public static List<String> lines(Moderating.Report report, UnaryOperator<String> handle) {
    var lines = new ArrayList<String>();
    lines.add(
        "#"
            + report.seq()
            + " by "
            + Sanitizer.line(report.author())
            + ", reported by "
            + Sanitizer.line(report.by())
            + " on "
            + LocalTime.text(report.created())
            + ": "
            + Sanitizer.line(report.reason()));
    for (var message : report.messages())
      lines.add(
          (message.seq() == report.seq() ? "  > " : "    ")
              + Sanitizer.line(message.by())
              + ": "
              + Sanitizer.line(message.text()));
    report
        .outcome()
        .ifPresent(
            it -> lines.add("  " + Sanitizer.line(it.by()) + ": " + Sanitizer.line(it.what())));
    if (report.outcome().isEmpty()) lines.add("  " + handle.apply(report.report()));
    return lines;
  }

  /// One row for a list to choose from.
  public static String label(Moderating.Report report) {
    var text =
        report.messages().stream()
            .filter(it -> it.seq() == report.seq())
            .map(Moderating.ReportedMessage::text)
            .findFirst()
            .orElse("");
    return Sanitizer.line(report.author()) + ": " + Sanitizer.line(text);
  }

  public static String detail(Moderating.Report report) {
    return Sanitizer.line(report.reason()) + " — " + Sanitizer.line(report.by());
  }

  /// The sentence for a moderator about the number of open reports.
  public static Optional<String> news(String room, int before, int now) {
    return now > before
        ? Optional.of(
            Sanitizer.line(room)
                + (now == 1 ? " has an open report" : " has " + now + " open reports")
                + ": /reports")
        : Optional.empty();
  }

  static String reason(Optional<String> reason) {
    return reason.map(text -> " (" + Sanitizer.line(text) + ")").orElse("");
  }

  /// The text of a room's changed settings about moderation, without its archiving.
  static List<String> changes(Moderation change) {
    var parts = new ArrayList<String>();
    change.slowModeSeconds().ifPresent(it -> parts.add("slow mode to " + slowMode(it)));
    change.readOnly().ifPresent(is -> parts.add("read-only to " + onOff(is)));
    change.approval().ifPresent(is -> parts.add("approval of joins to " + onOff(is)));
    return parts;
  }

  static String slowMode(int seconds) {
    return seconds == 0 ? "off" : "one message in " + Spans.text(Duration.ofSeconds(seconds));
  }

  static String onOff(boolean is) {
    return is ? "on" : "off";
  }
}
