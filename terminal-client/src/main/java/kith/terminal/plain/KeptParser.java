package kith.terminal.plain;

import static kith.terminal.plain.Arguments.nothingAfter;
import static kith.terminal.plain.Arguments.second;
import static kith.terminal.plain.Arguments.seq;
import static kith.terminal.plain.Arguments.word;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Parses the commands of messages that users keep track of: pins, bookmarks, reminders and
/// threads.
final class KeptParser {
  private KeptParser() {}

  static List<LineCommand> commands() {
    return List.of(
        LineCommand.of("pin", "SEQ", "pin message #SEQ for everybody in this room", pin(true)),
        LineCommand.of("unpin", "SEQ", "unpin message #SEQ", pin(false)),
        LineCommand.of(
            "pins",
            "",
            "list the pinned messages of this room",
            nothingAfter(new InputLine.Pins())),
        LineCommand.of(
            "bookmark",
            "SEQ [NOTE]",
            "bookmark message #SEQ for yourself, with a note",
            KeptParser::bookmark),
        LineCommand.of(
            "unbookmark",
            "SEQ",
            "remove your bookmark of message #SEQ",
            rest -> seq(rest).map(seq -> new InputLine.Bookmark(seq, false, Optional.empty()))),
        LineCommand.of(
            "bookmarks", "", "list your bookmarks", nothingAfter(new InputLine.Bookmarks())),
        LineCommand.of(
            "remind",
            "[SEQ] TIME [TEXT]",
            "remind yourself of a text, or of message #SEQ, at 20m, 14:30, tomorrow 9:00 or monday",
            KeptParser::remind),
        LineCommand.of(
            "reminders", "", "list your reminders", nothingAfter(new InputLine.Reminders())),
        LineCommand.of(
            "postpone",
            "ID TIME",
            "move a reminder to another time, even one that is due",
            KeptParser::postpone),
        LineCommand.of(
            "unremind",
            "ID",
            "remove a reminder, even one that is due",
            word(InputLine.Unremind::new)),
        LineCommand.of("thread", "SEQ", "show the thread of message #SEQ", KeptParser::thread),
        LineCommand.of(
            "threads",
            "",
            "list the threads that you follow",
            nothingAfter(new InputLine.Threads())),
        LineCommand.of("follow", "[SEQ]", "follow the thread of message #SEQ", follow(true)),
        LineCommand.of("unfollow", "[SEQ]", "unfollow the thread of message #SEQ", follow(false)));
  }

  private static Function<String, Optional<InputLine>> pin(boolean is) {
    return rest -> seq(rest).map(seq -> new InputLine.Pin(seq, is));
  }

  private static Optional<InputLine> bookmark(String rest) {
    var parts = rest.split("\\s+", 2);
    return seq(parts[0]).map(seq -> new InputLine.Bookmark(seq, true, second(parts)));
  }

  private static Optional<InputLine> remind(String rest) {
    var parts = rest.split("\\s+", 2);
    var seq = parts.length < 2 ? Optional.<Long>empty() : seq(parts[0]);
    return ReminderTime.parse(seq.isPresent() ? parts[1] : rest)
        .filter(it -> seq.isPresent() || !it.rest().isEmpty())
        .map(it ->
            new InputLine.Remind(
                seq.map(OptionalLong::of).orElse(OptionalLong.empty()),
                it.time(),
                it.rest().isEmpty() ? Optional.empty() : Optional.of(it.rest())));
  }

  private static Optional<InputLine> postpone(String rest) {
    var parts = rest.split("\\s+", 2);
    if (parts.length < 2) return Optional.empty();
    return ReminderTime.parse(parts[1])
        .filter(it -> it.rest().isEmpty())
        .map(it -> new InputLine.Postpone(parts[0], it.time()));
  }

  private static Optional<InputLine> thread(String rest) {
    return seq(rest).map(InputLine.Thread::new);
  }

  private static Function<String, Optional<InputLine>> follow(boolean is) {
    return rest ->
        rest.isEmpty()
            ? Optional.of(new InputLine.Follow(OptionalLong.empty(), is))
            : seq(rest).map(seq -> new InputLine.Follow(OptionalLong.of(seq), is));
  }
}
