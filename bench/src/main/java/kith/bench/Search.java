package kith.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Searches for the highest rate that a server sustains: nearly all messages are accepted, and the
/// p99 latencies stay below the limit.
final class Search {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int WINDOW_TOTAL = 320;
  private static final double HIGHER = 1.25;
  private static final double LIMIT_MILLIS = 200;

  /// The fraction of the offered rate that must be accepted for a rate to count as sustained.
  private static final double MIN_ACCEPTED = 0.98;

  interface Trial {
    boolean isSustained(double rate) throws IOException;
  }

  private final LoadClients clients;
  private final Meter meter;
  private final int senders;
  private final int seconds;
  private final int halvings;

  /// @param seconds length of one trial
  Search(LoadClients clients, Meter meter, int senders, int seconds, int halvings) {
    this.clients = clients;
    this.meter = meter;
    this.senders = senders;
    this.seconds = seconds;
    this.halvings = halvings;
  }

  SendSchedule window() {
    return new SendSchedule.Window(Math.max(1, WINDOW_TOTAL / senders));
  }

  SendSchedule.Rate highest() throws IOException {
    var closed = meter.measure(window(), seconds);
    clients.settle(SETTLE_NANOS);
    double most = closed.get(Metric.ACCEPTED);
    RoomRun.print("with a window of unacknowledged messages: %.0f messages/s", most);
    // messages sent on schedule wait less than messages sent after an answer
    double highest = highest(0.9 * most, halvings, this::isSustained);
    if (highest == 0) throw new BenchFailure("No rate was found that the server sustains.");
    return new SendSchedule.Rate(highest);
  }

  /// Tries lower rates until one is sustained, then higher ones until one is too high, and then
  /// halves the distance. A process that has just started gets faster while it is measured, so
  /// neither its first results nor a rate that was too high at first are upper limits.
  ///
  /// @return 0 if no rate of at least 1/s is sustained
  static double highest(double first, int halvings, Trial trial) throws IOException {
    double sustained = first;
    while (!trial.isSustained(sustained)) {
      sustained /= 2;
      if (sustained < 1) return 0;
    }
    double tooHigh = HIGHER * sustained;
    while (trial.isSustained(tooHigh)) {
      sustained = tooHigh;
      tooHigh *= HIGHER;
    }
    for (int halving = 0; halving < halvings; halving++) {
      double rate = (sustained + tooHigh) / 2;
      if (trial.isSustained(rate)) sustained = rate;
      else tooHigh = rate;
    }
    return sustained;
  }

  private boolean isSustained(double rate) throws IOException {
    var metrics = meter.measure(new SendSchedule.Rate(rate), seconds);
    clients.settle(SETTLE_NANOS);
    boolean isSustained = isSustained(metrics);
    RoomRun.print(
        "%.0f messages/s: accepted %.0f, p99 %.0f ms to the ack, %.0f ms to the other members: %s",
        rate,
        metrics.get(Metric.ACCEPTED),
        metrics.get(Metric.ACK_P99),
        metrics.get(Metric.DELIVERY_P99),
        isSustained ? "sustained" : "too high");
    return isSustained;
  }

  static boolean isSustained(Metrics metrics) {
    return metrics.get(Metric.ACK_P99) < LIMIT_MILLIS
        && metrics.get(Metric.DELIVERY_P99) < LIMIT_MILLIS
        && metrics.get(Metric.ACCEPTED) >= MIN_ACCEPTED * metrics.get(Metric.OFFERED);
  }
}
