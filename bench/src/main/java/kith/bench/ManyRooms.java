package kith.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Many small rooms in which all members send.
@Command(
    name = "many-rooms",
    description = "Many small rooms in which all members send.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ManyRooms implements Callable<Integer> {
  @Option(
      names = "--rooms",
      defaultValue = "500",
      description = "Number of rooms (default: ${DEFAULT-VALUE}).")
  private int rooms;

  @Option(
      names = "--members",
      defaultValue = "4",
      description = "Members per room, all sending (default: ${DEFAULT-VALUE}).")
  private int members;

  @Mixin private ScheduleOptions schedule = new ScheduleOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    return new RoomRun("many-rooms", rooms, members, rooms * members, schedule, common).run();
  }
}
