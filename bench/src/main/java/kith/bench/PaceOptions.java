package kith.bench;

import java.util.Optional;
import picocli.CommandLine.Option;

/// How fast is sent, and for how long.
final class PaceOptions {
  @Option(
      names = "--rate",
      paramLabel = "PER_SECOND",
      description =
          "Messages a second over all senders. Without --rate and --window, the highest "
              + "rate with a p99 under 200 ms is looked for.")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--window",
      paramLabel = "MESSAGES",
      description = "Each sender keeps so many unacknowledged: as fast as the node goes.")
  private Optional<Integer> window = Optional.empty();

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "Load before anything is measured (default: ${DEFAULT-VALUE}).")
  int warmUpSeconds;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Length of one measurement (default: ${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description =
          "Measurements; the table shows their median and spread (default: ${DEFAULT-VALUE}).")
  int runs;

  Optional<Pace> pace() {
    Optional<Pace> asked = rate.map(Pace.Rate::new);
    return asked.or(() -> window.map(Pace.Window::new));
  }
}
