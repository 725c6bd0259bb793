package kith.terminal.plain;

import static kith.terminal.plain.Arguments.nothingAfter;
import static kith.terminal.plain.Arguments.numbered;
import static kith.terminal.plain.Arguments.second;
import static kith.terminal.plain.Arguments.seq;
import static kith.terminal.plain.Arguments.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Parses the commands that write, change and find messages, and show them.
final class MessageParser {
  private static final int MAX_HISTORY = 1_000;

  /// The number of a message and that of one of its code blocks.
  private static final Pattern CODE = Pattern.compile("(?:#?(\\d{1,18})(?:\\s+(\\d{1,4}))?)?");

  private MessageParser() {}

  static List<LineCommand> commands() {
    return List.of(
        LineCommand.of(
            "me",
            "TEXT",
            "say what you do, in italics: /me waves sends *ann waves*",
            text(it -> new InputLine.Act(Emoji.replaced(it)))),
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
        LineCommand.of("find", "TEXT", "find messages in this room", text(InputLine.Find::new)),
        LineCommand.of(
            "date",
            "DAY",
            "show 2026-11-03, today, yesterday, monday or 3 days ago",
            text(InputLine.GoToDay::new)),
        LineCommand.of(
            "latest", "", "show the latest message", nothingAfter(new InputLine.Latest())),
        LineCommand.of(
            "to-unread",
            "",
            "show the room from its first unread message on",
            nothingAfter(new InputLine.ToUnread())),
        LineCommand.of(
            "code",
            "[SEQ] [NUMBER]",
            "show the latest code block, or one of message #SEQ",
            MessageParser::code),
        LineCommand.of(
            "open",
            "[SEQ]",
            "open the latest link or file, or that of message #SEQ",
            MessageParser::open),
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
    var parts = rest.split("\\s+", -1);
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

  private static Optional<InputLine> code(String rest) {
    var numbers = CODE.matcher(rest);
    if (!numbers.matches()) return Optional.empty();
    var seq = numbers.group(1);
    var number = numbers.group(2);
    return Optional.of(
        new InputLine.Code(
            seq == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seq)),
            number == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(number))));
  }

  private static Optional<InputLine> open(String rest) {
    return rest.isEmpty()
        ? Optional.of(new InputLine.Open(OptionalLong.empty()))
        : seq(rest).map(seq -> new InputLine.Open(OptionalLong.of(seq)));
  }
}
