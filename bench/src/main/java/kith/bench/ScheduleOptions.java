package kith.bench;

import java.util.Optional;
import picocli.CommandLine.Option;

/// The options for the send rate and the duration.
final class ScheduleOptions {
  @Option(
      names = "--rate",
      paramLabel = "PER_SECOND",
      description =
          "Messages per second over all senders. Without --rate and --window, the highest "
              + "rate with a p99 under 200 ms is searched.")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--window",
      paramLabel = "MESSAGES",
      description =
          "Each sender keeps this number of messages unacknowledged, at the node's own rate.")
  private Optional<Integer> window = Optional.empty();

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "Time under load before the first measurement (default: ${DEFAULT-VALUE}).")
  int warmUpSeconds;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Length of one measurement in seconds (default: ${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description =
          "Number of measurements; the table shows their median and range (default: ${DEFAULT-VALUE}).")
  int runs;

  Optional<SendSchedule> schedule() {
    Optional<SendSchedule> asked = rate.map(SendSchedule.Rate::new);
    return asked.or(() -> window.map(SendSchedule.Window::new));
  }
}
