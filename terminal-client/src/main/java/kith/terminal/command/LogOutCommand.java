package kith.terminal.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "logout", description = "Log this device out.")
final class LogOutCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Override
  public Integer call() {
    options.storedAccess().logOut();
    Streams.err().println("Logged out.");
    return Exit.DONE;
  }
}
