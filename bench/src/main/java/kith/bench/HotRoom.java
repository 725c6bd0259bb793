package kith.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One room in which all members send.
@Command(
    name = "hot-room",
    description = "One room in which all members send.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class HotRoom implements Callable<Integer> {
  @Option(
      names = "--members",
      defaultValue = "20",
      description = "Number of members, all sending (default: ${DEFAULT-VALUE}).")
  private int members;

  @Mixin private ScheduleOptions schedule = new ScheduleOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    return new RoomRun("hot-room", 1, members, members, schedule, common).run();
  }
}
