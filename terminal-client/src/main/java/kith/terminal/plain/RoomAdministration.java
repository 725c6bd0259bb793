package kith.terminal.plain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import kith.protocol.rest.Joining;
import kith.protocol.rest.Moderating;
import kith.protocol.rest.RoomAnswers.Invitation;
import kith.protocol.rest.RoomAnswers.Version;
import kith.protocol.rest.RoomRequests;
import kith.terminal.net.CommandCalls;
import kith.terminal.net.Rest;

/// The commands about a room's settings, invitations, bans and members, and their answers as lines
/// of text. A change that the room's log shows anyway has no answer.
public final class RoomAdministration {
  private RoomAdministration() {}

  public static List<String> run(Rest rest, InputLine.Administration line, String room) {
    return switch (line) {
      case InputLine.Settings(var change) ->
          RoomSettings.lines(
              change.map(it -> rest.changeRoom(room, it)).orElseGet(() -> rest.room(room)));
      case InputLine.Topic(var topic) -> {
        rest.changeRoom(
            room,
            RoomSettings.of(
                Optional.empty(),
                Optional.of(topic),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty()));
        yield List.of();
      }
      case InputLine.Invite(var uses, var validMillis) -> invite(rest, room, uses, validMillis);
      case InputLine.Invitations() -> {
        var all = rest.invitations(room).invitations();
        yield all.isEmpty()
            ? List.of("There are no invitations to this room.")
            : all.stream().map(it -> it.invitation() + "  " + text(it)).toList();
      }
      case InputLine.Revoke(var invitation) -> {
        rest.revoke(room, invitation);
        yield List.of("The invitation is revoked.");
      }
      case InputLine.ChangeRole(var user, var role) -> {
        rest.changeRole(room, user, role);
        yield List.of();
      }
      case InputLine.Kick(var user, var reason) -> {
        rest.kick(room, user, reason);
        yield List.of();
      }
      case InputLine.MuteMember(var user, var millis, var reason) -> {
        rest.muteMember(room, user, new Moderating.MuteUser(millis, reason));
        var span = Spans.text(Duration.ofMillis(millis));
        yield List.of(
            Sanitizer.line(user)
                + " is muted for "
                + span
                + ". Only moderators and "
                + Sanitizer.line(user)
                + " see this.");
      }
      case InputLine.UnmuteMember(var user) -> {
        rest.unmuteMember(room, user);
        yield List.of(Sanitizer.line(user) + " is not muted.");
      }
      case InputLine.Mutes() -> ModerationLines.lines(rest.mutes(room));
      case InputLine.Joins() -> JoinLines.lines(rest.joinRequests(room).requests());
      case InputLine.AcceptJoin(var user) -> {
        rest.decideJoin(room, user, new Joining.DecideJoin(true, Optional.empty()));
        yield List.of(Sanitizer.line(user) + " becomes a member.");
      }
      case InputLine.DeclineJoin(var user, var reason) -> {
        rest.decideJoin(room, user, new Joining.DecideJoin(false, reason));
        yield List.of(
            "Only " + Sanitizer.line(user) + " is notified that the request was declined.");
      }
      case InputLine.ReportMessage(var seq, var reason) -> {
        rest.report(room, new Moderating.ReportMessage(seq, reason));
        yield List.of(
            "Moderators and administrators can read your report. The author is not notified.");
      }
      case InputLine.Reports() -> {
        var open = rest.reports(room, "open", Optional.empty()).reports();
        yield open.isEmpty()
            ? List.of("There are no open reports.")
            : open.stream().flatMap(it -> lines(it).stream()).toList();
      }
      case InputLine.ShowReport(var id) ->
          rest.reports(room, "open", Optional.empty()).reports().stream()
              .filter(it -> it.report().equals(id))
              .flatMap(it -> lines(it).stream())
              .toList();
      case InputLine.HandleReport(var report, var what) -> {
        rest.handleReport(room, report, new Moderating.HandleReport(what));
        yield List.of("The report is closed.");
      }
      case InputLine.Ban(var user, var reason) -> {
        rest.ban(room, user, reason);
        yield List.of();
      }
      case InputLine.Unban(var user) -> {
        rest.unban(room, user);
        yield List.of();
      }
      case InputLine.Bans() -> {
        var users = rest.bans(room).users();
        yield users.isEmpty()
            ? List.of("Nobody is banned from this room.")
            : users.stream().map(it -> Sanitizer.line(it)).toList();
      }
      case InputLine.Commands() -> CommandLines.all(new CommandCalls(rest).list(room));
      case InputLine.Versions(var seq) ->
          rest.versions(room, seq).versions().stream().flatMap(RoomAdministration::lines).toList();
    };
  }

  private static List<String> invite(
      Rest rest, String room, OptionalInt uses, OptionalLong validMillis) {
    var made = rest.invite(room, new RoomRequests.Invite(validMillis, uses, Optional.empty()));
    return List.of(
        "Others can join with:",
        "/join " + made.token().orElse(""),
        "until " + LocalTime.text(made.expires()) + uses(made));
  }

  /// The creator and the limits of an invitation, without its id.
  public static String text(Invitation invitation) {
    return "by "
        + Sanitizer.line(invitation.by())
        + ", until "
        + LocalTime.text(invitation.expires())
        + uses(invitation);
  }

  private static String uses(Invitation invitation) {
    if (invitation.usesLeft().isEmpty()) return "";
    int left = invitation.usesLeft().getAsInt();
    return left == 1 ? ", for one more join" : ", for " + left + " more joins";
  }

  private static Stream<String> lines(Version version) {
    return Stream.concat(
        Stream.of("-- " + LocalTime.text(version.at())), Sanitizer.text(version.body()).lines());
  }

  private static List<String> lines(Moderating.Report report) {
    return ModerationLines.lines(report, id -> "/handle " + id + " WHAT YOU DID");
  }
}
