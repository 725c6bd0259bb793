package kith.terminal.command;

import java.util.concurrent.Callable;
import kith.terminal.net.ReminderCalls;
import kith.terminal.plain.ReminderLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "reminders",
    description = {
      "List your reminders, the earliest first. One that is due stays until you remove it.",
      "A message that you may no longer read is shown without its text."
    })
final class RemindersCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Option(names = "--remove", paramLabel = "ID", description = "Remove this reminder.")
  private @Nullable String remove;

  @Option(names = "--json", description = "Reminders as lines of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (remove != null && json) throw options.usage("Only one of --remove and --json.");
    var rest = options.access().rest();
    var out = Streams.out();
    if (remove != null) new ReminderCalls(rest).remove(remove);
    else if (json)
      for (var it : new ReminderCalls(rest).list().reminders()) out.println(JsonLine.rest(it));
    else ReminderLines.all(rest).forEach(out::println);
    out.flush();
    return Exit.DONE;
  }
}
