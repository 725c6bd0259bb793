package kith.terminal.command;

import java.util.concurrent.Callable;
import kith.terminal.plain.InboxLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "inbox",
    description = "List your rooms with their unread counts and mentions (@2).")
final class InboxCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Option(names = "--json", description = "Rooms as lines of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    for (var room : InboxLines.sorted(options.access().rest().inbox())) {
      Streams.print(json ? JsonLine.rest(room) : InboxLines.line(room));
    }
    return Exit.DONE;
  }
}
