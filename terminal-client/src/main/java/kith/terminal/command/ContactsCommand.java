package kith.terminal.command;

import java.util.concurrent.Callable;
import kith.terminal.plain.ContactLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "contacts", description = "List your contacts and requests.")
final class ContactsCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Option(names = "--json", description = "Contacts and requests as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var all = options.access().rest().contacts();
    if (json) Streams.print(JsonLine.rest(all));
    else ContactLines.lines(all).forEach(Streams::print);
    return Exit.DONE;
  }
}
