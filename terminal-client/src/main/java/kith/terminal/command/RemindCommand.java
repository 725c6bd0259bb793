package kith.terminal.command;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import kith.terminal.net.ReminderCalls;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.ReminderTime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "remind",
    description = {
      "Remind yourself of a text, on all your devices.",
      "TIME is 20m, 1h30m, 2d, 14:30, 9am, tomorrow 9:00, monday or 2026-12-01 10:00.",
      "With --room and --seq, of a message. ${ROOT-COMMAND-NAME} reminders lists them."
    })
final class RemindCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(
      arity = "1..*",
      paramLabel = "TIME [TEXT]",
      description = "The time, then the text; in quotes or as several words.")
  private List<String> words = List.of();

  @Option(
      names = "--room",
      paramLabel = "ROOM",
      description = "The room of a message: its name or id, or @USER.")
  private @Nullable String room;

  @Option(names = "--seq", paramLabel = "SEQ", description = "The number of the message.")
  private @Nullable Long seq;

  @Override
  public Integer call() {
    var parsed = ReminderTime.parse(String.join(" ", words));
    if (parsed.isEmpty()) throw options.usage("When? 20m, 14:30, tomorrow 9:00 or monday.");
    if ((room == null) != (seq == null)) throw options.usage("Give both --room and --seq.");
    if (seq != null && seq < 1) throw options.usage("SEQ must be at least 1.");
    var text = Optional.of(parsed.get().rest()).filter(it -> !it.isEmpty());
    if (seq == null && text.isEmpty())
      throw options.usage("What about? Write the text after the time.");
    var access = options.access();
    var place =
        room == null ? Optional.<String>empty() : Optional.of(RoomLookup.own(access, room).room());
    var now = Instant.now();
    var at = parsed.get().time().after(now, ZoneId.systemDefault());
    var id = ReminderCalls.newId();
    new ReminderCalls(access.rest())
        .put(id, at, text, place, seq == null ? OptionalLong.empty() : OptionalLong.of(seq));
    Streams.print(id + " at " + new EntryLines(ZoneId.systemDefault()).time(at, now));
    return Exit.DONE;
  }
}
