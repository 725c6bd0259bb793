package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Requests and answers about the moderation of a room.
public final class Moderating {
  private Moderating() {}

  /// @param forMillis the time for which the member may not write
  public record MuteUser(long forMillis, Optional<String> reason) {}

  /// @param by the moderator
  public record Mute(
      String user, String by, Instant created, Instant until, Optional<String> reason) {}

  public record Mutes(List<Mute> mutes) {
    public Mutes {
      mutes = List.copyOf(mutes);
    }
  }

  /// @param reason for the moderators of the room and the administrators of the server
  public record ReportMessage(long seq, String reason) {}

  /// A message that a member reported.
  ///
  /// @param seq of the message
  /// @param author of the message
  /// @param by the user who reported it; the author is not notified
  /// @param messages the message and its neighbours, in their state when it was reported
  /// @param outcome absent while the report is open
  public record Report(
      String report,
      String room,
      long seq,
      String author,
      String by,
      String reason,
      Instant created,
      List<ReportedMessage> messages,
      Optional<ReportOutcome> outcome) {
    public Report {
      messages = List.copyOf(messages);
    }
  }

  public record ReportedMessage(long seq, Instant at, String by, String text) {}

  /// @param what the act of the moderator, in words
  public record ReportOutcome(Instant at, String by, String what) {}

  /// @param what the act, in words
  public record HandleReport(String what) {}

  /// The newest first.
  ///
  /// @param next the `before` of the next page; absent on the last page
  public record ReportPage(List<Report> reports, Optional<String> next) {
    public ReportPage {
      reports = List.copyOf(reports);
    }
  }
}
