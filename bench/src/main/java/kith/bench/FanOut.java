package kith.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One large room in which few members send and all receive.
@Command(
    name = "fan-out",
    description = "One large room with few senders.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FanOut implements Callable<Integer> {
  @Option(
      names = "--members",
      defaultValue = "1000",
      description = "Number of members (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--senders",
      defaultValue = "1",
      description = "Number of members that send (default: ${DEFAULT-VALUE}).")
  private int senders;

  @Mixin private ScheduleOptions schedule = new ScheduleOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    return new RoomRun("fan-out", 1, members, Math.min(senders, members), schedule, common).run();
  }
}
