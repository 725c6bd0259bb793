package kith.terminal.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "logout", description = "Log this device out, or all devices.")
final class LogOutCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Option(names = "--everywhere", description = "Log out all devices of the account.")
  private boolean everywhere;

  @Override
  public Integer call() {
    options.storedAccess().logOut(everywhere);
    Streams.err().println(everywhere ? "Logged out on all devices." : "Logged out.");
    return Exit.DONE;
  }
}
