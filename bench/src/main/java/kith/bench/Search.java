package kith.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Searches for the highest rate that a server sustains: nearly all messages are accepted, and the
/// p99 latencies stay below the limit.
final class Search {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int WINDOW_TOTAL = 320;
  private static final double LIMIT_MILLIS = 200;

  /// The fraction of the offered rate that must be accepted for a rate to count as sustained.
  private static final double MIN_ACCEPTED = 0.98;

  private final LoadClients clients;
  private final Meter meter;
  private final int senders;
  private final int seconds;
  private final int steps;

  /// @param seconds length of one trial
  Search(LoadClients clients, Meter meter, int senders, int seconds, int steps) {
    this.clients = clients;
    this.meter = meter;
    this.senders = senders;
    this.seconds = seconds;
    this.steps = steps;
  }

  SendSchedule window() {
    return new SendSchedule.Window(Math.max(1, WINDOW_TOTAL / senders));
  }

  /// Finds the highest rate by bisection.
  SendSchedule.Rate highest() throws IOException {
    var closed = meter.measure(window(), seconds);
    clients.settle(SETTLE_NANOS);
    double most = closed.get(Metric.ACCEPTED);
    RoomRun.print("with a window of unacknowledged messages: %.0f messages/s", most);
    double sustained = 0;
    // messages sent on schedule wait less than messages sent after an answer
    double tooHigh = 1.6 * most;
    double rate = 0.9 * most;
    for (int step = 0; step < steps; step++) {
      if (isSustained(rate)) sustained = rate;
      else tooHigh = rate;
      // no tried rate was sustained: the window overestimated the rate
      rate = sustained == 0 ? tooHigh / 2 : (sustained + tooHigh) / 2;
    }
    for (; sustained == 0 && rate >= 1; rate /= 2) if (isSustained(rate)) sustained = rate;
    if (sustained == 0) throw new BenchFailure("No rate was found that the server sustains.");
    return new SendSchedule.Rate(sustained);
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
