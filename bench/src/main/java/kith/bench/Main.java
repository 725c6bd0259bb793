package kith.bench;

import java.io.IOException;
import kith.bench.prove.FaultTable;
import kith.bench.prove.ScaleTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `kith bench`: loads a node and reports its throughput and latency. Exits with 1 if a promise was
/// broken.
@Command(
    name = "kith bench",
    description = "Loads a Kith node, checks its deliveries, and reports throughput and latency.",
    mixinStandardHelpOptions = true,
    subcommands = {
      All.class,
      HotRoom.class,
      FanOut.class,
      ManyRooms.class,
      SlowReader.class,
      Keys.class,
      PresenceChurn.class,
      LoginStorm.class,
      Wake.class,
      LostAnswers.class,
      SearchMessages.class,
      LargeLog.class,
      Year.class,
      CourierLoad.class,
      FileLoad.class,
      FaultTable.class,
      ScaleTable.class
    })
public final class Main {
  public static void main(String[] arguments) {
    var line = new CommandLine(new Main());
    line.setExecutionExceptionHandler((fault, _, _) -> {
      if (!(fault instanceof BenchFailure) && !(fault instanceof IOException)) throw fault;
      System.err.println("kith bench: " + fault.getMessage());
      return 1;
    });
    System.exit(line.execute(arguments));
  }
}
