package kith.terminal.plain;

import static kith.terminal.plain.Arguments.nothingAfter;
import static kith.terminal.plain.Arguments.second;
import static kith.terminal.plain.Arguments.user;
import static kith.terminal.plain.Arguments.userName;

import java.util.List;
import java.util.Optional;

/// Parses the commands of moderators about the members of a room.
final class ModerationParser {
  private ModerationParser() {}

  static List<LineCommand> commands() {
    return List.of(
        LineCommand.of(
            "role", "USER ROLE", "make a user member, moderator or owner", ModerationParser::role),
        LineCommand.of(
            "kick", "USER [REASON]", "remove a user from this room", ModerationParser::kick),
        LineCommand.of(
            "mute",
            "[USER TIME [REASON]]",
            "mute this room for yourself, or a member in it for 30s, 10m, 2h or 7d",
            ModerationParser::mute),
        LineCommand.of(
            "unmute", "USER", "let a muted member write again", user(InputLine.UnmuteMember::new)),
        LineCommand.of(
            "mutes",
            "",
            "list the members who are muted here",
            nothingAfter(new InputLine.Mutes())),
        LineCommand.of(
            "joins", "", "list the users who ask to join", nothingAfter(new InputLine.Joins())),
        LineCommand.of(
            "let-in", "USER", "accept a request to join", user(InputLine.AcceptJoin::new)),
        LineCommand.of(
            "turn-away",
            "USER [REASON]",
            "decline a request to join; only that user sees the reason",
            ModerationParser::turnAway),
        LineCommand.of(
            "reports", "", "list the reports of this room", nothingAfter(new InputLine.Reports())),
        LineCommand.of(
            "handle", "REPORT WHAT", "close a report with what you did", ModerationParser::handle),
        LineCommand.of(
            "ban", "USER [REASON]", "remove a user and prevent rejoining", ModerationParser::ban),
        LineCommand.of("unban", "USER", "lift a ban", user(InputLine.Unban::new)),
        LineCommand.of(
            "bans",
            "",
            "list the users who are banned from this room",
            nothingAfter(new InputLine.Bans())));
  }

  private static Optional<InputLine> role(String rest) {
    var parts = rest.split("\\s+", 3);
    if (parts.length != 2) return Optional.empty();
    return InputLine.ChangeRole.role(parts[1])
        .map(role -> new InputLine.ChangeRole(userName(parts[0]), role));
  }

  private static Optional<InputLine> kick(String rest) {
    var parts = rest.split("\\s+", 2);
    return parts[0].isEmpty()
        ? Optional.empty()
        : Optional.of(new InputLine.Kick(userName(parts[0]), second(parts)));
  }

  private static Optional<InputLine> mute(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.MuteRoom());
    var parts = rest.split("\\s+", 3);
    if (parts.length < 2) return Optional.empty();
    var user = userName(parts[0]);
    var reason = parts.length < 3 ? Optional.<String>empty() : Optional.of(parts[2]);
    return Spans.parse(parts[1])
        .map(span -> new InputLine.MuteMember(user, span.toMillis(), reason));
  }

  private static Optional<InputLine> handle(String rest) {
    var parts = rest.split("\\s+", 2);
    return parts.length < 2
        ? Optional.empty()
        : Optional.of(new InputLine.HandleReport(parts[0], parts[1]));
  }

  private static Optional<InputLine> ban(String rest) {
    var parts = rest.split("\\s+", 2);
    return parts[0].isEmpty()
        ? Optional.empty()
        : Optional.of(new InputLine.Ban(userName(parts[0]), second(parts)));
  }

  private static Optional<InputLine> turnAway(String rest) {
    var parts = rest.split("\\s+", 2);
    var user = userName(parts[0]);
    return user.isEmpty()
        ? Optional.empty()
        : Optional.of(new InputLine.DeclineJoin(user, second(parts)));
  }
}
