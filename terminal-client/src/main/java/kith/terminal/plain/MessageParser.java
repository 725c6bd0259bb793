package kith.terminal.plain;

import static kith.terminal.plain.Arguments.numbered;
import static kith.terminal.plain.Arguments.second;
import static kith.terminal.plain.Arguments.seq;
import static kith.terminal.plain.Arguments.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Parses the commands that write, change and find messages, and show them.
final class MessageParser {
  private static final int MAX_HISTORY = 1_000;

  private MessageParser() {}

  static List<LineCommand> commands() {
    return List.of(
        LineCommand.of(
            "me", "TEXT", "send TEXT in italics", text(text -> LineParser.say("*" + text + "*"))),
        LineCommand.of(
            "reply", "SEQ TEXT", "reply to message #SEQ", numbered(InputLine.Reply::new)),
        LineCommand.of("edit", "SEQ TEXT", "edit your message #SEQ", numbered(InputLine.Edit::new)),
        LineCommand.of("redact", "SEQ [REASON]", "remove message #SEQ", MessageParser::redact),
        LineCommand.of(
            "react",
            "[SEQ] EMOJI",
            "react to message #SEQ, or to the latest one of others; again: remove the reaction",
            MessageParser::react),
        LineCommand.of(
            "file",
            "PATH",
            "send a file; on the screen, Tab completes the path",
            rest -> LocalPath.of(rest).map(InputLine.SendFile::new)),
        LineCommand.of(
            "save",
            "SEQ",
            "save the files of message #SEQ",
            rest -> seq(rest).map(InputLine.SaveFiles::new)),
        LineCommand.of(
            "versions", "SEQ", "show the earlier texts of message #SEQ", MessageParser::versions),
        LineCommand.of(
            "history", "[N]", "show the latest N entries, 50 by default", MessageParser::history),
        LineCommand.of(
            "search", "QUERY", "find messages in all your rooms", text(InputLine.Search::new)),
        LineCommand.of(
            "report",
            "SEQ REASON",
            "report message #SEQ to the moderators; its author is not notified",
            numbered(InputLine.ReportMessage::new)));
  }

  private static Optional<InputLine> redact(String rest) {
    var parts = rest.split("\\s+", 2);
    return seq(parts[0]).map(seq -> new InputLine.Redact(seq, second(parts)));
  }

  private static Optional<InputLine> react(String rest) {
    var parts = rest.split("\\s+");
    var emoji = Emoji.replaced(parts[parts.length - 1]);
    if (parts.length > 2 || emoji.chars().allMatch(unit -> unit < 0x80)) return Optional.empty();
    return parts.length == 1
        ? Optional.of(new InputLine.React(OptionalLong.empty(), emoji))
        : seq(parts[0]).map(seq -> new InputLine.React(OptionalLong.of(seq), emoji));
  }

  private static Optional<InputLine> history(String rest) {
    if (rest.isEmpty()) return Optional.of(new InputLine.History(50));
    return seq(rest).map(count -> new InputLine.History((int) Math.min(count, MAX_HISTORY)));
  }

  private static Optional<InputLine> versions(String rest) {
    return seq(rest).map(InputLine.Versions::new);
  }
}
