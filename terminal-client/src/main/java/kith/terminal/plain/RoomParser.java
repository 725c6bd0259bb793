package kith.terminal.plain;

import static kith.terminal.plain.Arguments.named;
import static kith.terminal.plain.Arguments.nothingAfter;
import static kith.terminal.plain.Arguments.seq;
import static kith.terminal.plain.Arguments.text;
import static kith.terminal.plain.Arguments.unquoted;
import static kith.terminal.plain.Arguments.word;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Parses the commands of rooms: entering and leaving them, their settings and their invitations.
final class RoomParser {
  /// The server's limit may be lower.
  private static final long MAX_DAYS = 36_500;

  private static final Pattern CAPACITY = Pattern.compile("(?:^|\\s+)--capacity[ =]+(\\d{1,9})$");

  private RoomParser() {}

  static List<LineCommand> commands() {
    return List.of(
        LineCommand.of(
            "rooms",
            "",
            "list your rooms and the public ones",
            nothingAfter(new InputLine.Rooms())),
        LineCommand.of(
            "create",
            "NAME [PASSCODE] [--private] [--capacity N]",
            "create a room; put \"quotes\" around names with spaces",
            RoomParser::create),
        LineCommand.of(
            "join",
            "NAME|ID|INVITATION [PASSCODE]",
            "join a room; put \"quotes\" around names with spaces",
            RoomParser::join),
        LineCommand.of(
            "ask",
            "NAME|ID [TEXT]",
            "ask the moderators of a room to let you in, or change the text of your request",
            rest -> named(rest, InputLine.AskToJoin::new)),
        LineCommand.of(
            "unask",
            "NAME|ID",
            "withdraw your request to join a room",
            text(what -> new InputLine.WithdrawJoin(unquoted(what)))),
        LineCommand.of(
            "asked",
            "",
            "list your requests to join rooms",
            nothingAfter(new InputLine.OwnJoins())),
        LineCommand.of("leave", "", "leave this room", nothingAfter(new InputLine.Leave())),
        LineCommand.of(
            "switch", "ROOM", "switch to another of your rooms", text(InputLine.Switch::new)),
        LineCommand.of(
            "unread",
            "[SEQ]",
            "list the unread rooms, or mark this room as unread from message #SEQ on",
            RoomParser::unread),
        LineCommand.of(
            "read-all",
            "",
            "mark all rooms as read, on all your devices",
            nothingAfter(new InputLine.ReadAll())),
        LineCommand.of(
            "order",
            "[ROOM PLACE]",
            "move a room to a place in the list of rooms, or sort the rooms automatically",
            RoomParser::order),
        LineCommand.of(
            "members",
            "",
            "list the members of this room, their roles and their presence",
            nothingAfter(new InputLine.Members())),
        LineCommand.of(
            "who",
            "",
            "list the members of this room and their presence",
            nothingAfter(new InputLine.Who())),
        LineCommand.of(
            "commands",
            "",
            "list the commands of bots in this room",
            nothingAfter(new InputLine.Commands())),
        LineCommand.of("topic", "TEXT", "set the topic of this room", text(InputLine.Topic::new)),
        LineCommand.of(
            "room",
            "[name|topic|passcode|capacity|visibility|keep|slow|read-only|approval VALUE]",
            "show the settings of this room, or change one; none removes it",
            RoomParser::settings),
        LineCommand.of(
            "slow",
            "TIME|off",
            "let each member write one message in this time, such as 30s",
            rest -> setting("slow", rest)),
        LineCommand.of(
            "readonly",
            "on|off",
            "let only moderators write in this room",
            rest -> setting("read-only", rest)),
        LineCommand.of(
            "invite",
            "[USES [DAYS]]",
            "create an invitation to this room; without a limit, for any number of joins in a week",
            RoomParser::invite),
        LineCommand.of(
            "invitations",
            "",
            "list the invitations to this room",
            nothingAfter(new InputLine.Invitations())),
        LineCommand.of(
            "revoke", "INVITATION", "revoke an invitation by its id", word(InputLine.Revoke::new)),
        LineCommand.of(
            "delete-room",
            "[NAME]",
            "delete this room and its messages for all members; asks, or takes the name",
            RoomParser::deleteRoom));
  }

  private static Optional<InputLine> create(String rest) {
    boolean hidden = false;
    var capacity = OptionalInt.empty();
    var words = rest;
    // options may follow the name, in any order
    for (boolean isMore = true; isMore; ) {
      var limit = CAPACITY.matcher(words);
      isMore = limit.find() || words.startsWith("--private") || words.endsWith(" --private");
      if (limit.reset().find()) {
        capacity = OptionalInt.of(Integer.parseInt(limit.group(1)));
        words = words.substring(0, limit.start());
      } else if (isMore) {
        hidden = true;
        words = words.replaceFirst("^--private\\s*|\\s+--private$", "");
      }
    }
    boolean isHidden = hidden;
    var most = capacity;
    if (words.startsWith("-")) return Optional.empty();
    return named(words, (name, passcode) -> new InputLine.Create(name, passcode, isHidden, most));
  }

  private static Optional<InputLine> join(String rest) {
    return named(rest, InputLine.Join::new);
  }

  private static Optional<InputLine> settings(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.Settings(Optional.empty()));
    var parts = rest.split("\\s+", 2);
    return parts.length == 2
        ? RoomSettings.change(parts[0], unquoted(parts[1]))
            .map(change -> new InputLine.Settings(Optional.of(change)))
        : Optional.empty();
  }

  private static Optional<InputLine> setting(String name, String value) {
    return RoomSettings.change(name, value)
        .map(change -> new InputLine.Settings(Optional.of(change)));
  }

  private static Optional<InputLine> invite(String rest) {
    if (rest.isEmpty())
      return Optional.of(new InputLine.Invite(OptionalInt.empty(), OptionalLong.empty()));
    var parts = rest.split("\\s+", -1);
    var uses = seq(parts[0]).filter(it -> it <= Integer.MAX_VALUE);
    var days = parts.length == 2 ? seq(parts[1]).filter(it -> it <= MAX_DAYS) : Optional.of(0L);
    if (parts.length > 2 || uses.isEmpty() || days.isEmpty()) return Optional.empty();
    long millis = Duration.ofDays(days.get()).toMillis();
    return Optional.of(
        new InputLine.Invite(
            OptionalInt.of(uses.get().intValue()),
            millis == 0 ? OptionalLong.empty() : OptionalLong.of(millis)));
  }

  private static Optional<InputLine> deleteRoom(String rest) {
    return Optional.of(
        new InputLine.DeleteRoom(rest.isEmpty() ? Optional.empty() : Optional.of(unquoted(rest))));
  }

  private static Optional<InputLine> unread(String rest) {
    return rest.isEmpty()
        ? Optional.of(new InputLine.ListUnread())
        : seq(rest).map(InputLine.MarkUnread::new);
  }

  private static Optional<InputLine> order(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.SortRooms());
    int end = rest.lastIndexOf(' ');
    if (end < 0) return Optional.empty();
    return seq(rest.substring(end + 1))
        .map(place ->
            new InputLine.PlaceRoom(
                unquoted(rest.substring(0, end).strip()),
                (int) Math.min(place, Integer.MAX_VALUE)));
  }
}
