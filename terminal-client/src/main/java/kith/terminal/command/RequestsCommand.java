package kith.terminal.command;

import java.util.concurrent.Callable;
import kith.terminal.plain.RequestLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "requests", description = "List requests to begin a conversation.")
final class RequestsCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Option(names = "--json", description = "Requests as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var all = options.access().rest().requests();
    if (json) Streams.print(JsonLine.rest(all));
    else RequestLines.lines(all).forEach(Streams::print);
    return Exit.DONE;
  }
}
