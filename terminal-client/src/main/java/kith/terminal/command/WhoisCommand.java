package kith.terminal.command;

import java.util.concurrent.Callable;
import kith.terminal.plain.AccountLines;
import kith.terminal.plain.InputLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "whois", description = "Show the profile of a user.")
final class WhoisCommand implements Callable<Integer> {
  @Mixin private final Options options;

  @Parameters(paramLabel = "USER", description = "The user.")
  private String user = "";

  @Option(names = "--json", description = "The profile as a line of JSON.")
  private boolean json;

  WhoisCommand() {
    this(new Options());
  }

  WhoisCommand(Options options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    var rest = options.access().rest();
    if (json) Streams.print(JsonLine.rest(rest.user(user)));
    else AccountLines.run(rest, new InputLine.Profile(user)).forEach(Streams::print);
    return Exit.DONE;
  }
}
