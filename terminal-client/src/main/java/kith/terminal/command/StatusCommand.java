package kith.terminal.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import kith.protocol.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Set the status that others see, on all your devices.")
final class StatusCommand implements Callable<Integer> {
  /// The statuses that can be set for all devices.
  enum Choice {
    ONLINE(Status.ONLINE),
    DND(Status.DND),
    INVISIBLE(Status.INVISIBLE);

    private final Status status;

    Choice(Status status) {
      this.status = status;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final Options options = new Options();

  @Parameters(paramLabel = "STATUS", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Choice choice = Choice.ONLINE;

  @Override
  public Integer call() {
    options.access().rest().chooseStatus(choice.status);
    return Exit.DONE;
  }
}
