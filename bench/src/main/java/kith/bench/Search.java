package kith.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Looks for the highest rate that a server carries: nearly all of it accepted, and 99 % of it in
/// time.
final class Search {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int WINDOW_TOTAL = 320;
  private static final double BOUND_MILLIS = 200;

  /// What part of the offered rate must have been accepted for a rate to count as carried.
  private static final double KEPT_UP = 0.98;

  private final Crowd crowd;
  private final Measuring measuring;
  private final int senders;
  private final int seconds;
  private final int steps;

  /// @param seconds length of one trial
  Search(Crowd crowd, Measuring measuring, int senders, int seconds, int steps) {
    this.crowd = crowd;
    this.measuring = measuring;
    this.senders = senders;
    this.seconds = seconds;
    this.steps = steps;
  }

  Pace window() {
    return new Pace.Window(Math.max(1, WINDOW_TOTAL / senders));
  }

  /// Halves the range in which the highest rate lies.
  Pace.Rate highest() throws IOException {
    var closed = measuring.measure(window(), seconds);
    crowd.settle(SETTLE_NANOS);
    double most = closed.get(Figure.ACCEPTED);
    RoomRun.say("as fast as it goes, some waiting: %.0f messages/s", most);
    double carried = 0;
    // what is sent in time waits less than what is sent when the one before is answered
    double tooMuch = 1.6 * most;
    double rate = 0.9 * most;
    for (int step = 0; step < steps; step++) {
      if (isCarried(rate)) carried = rate;
      else tooMuch = rate;
      // all that was tried is too much: the window flattered it
      rate = carried == 0 ? tooMuch / 2 : (carried + tooMuch) / 2;
    }
    for (; carried == 0 && rate >= 1; rate /= 2) if (isCarried(rate)) carried = rate;
    if (carried == 0) throw new BenchFailure("No rate was found that is carried in time.");
    return new Pace.Rate(carried);
  }

  private boolean isCarried(double rate) throws IOException {
    var figures = measuring.measure(new Pace.Rate(rate), seconds);
    crowd.settle(SETTLE_NANOS);
    boolean isCarried = isCarried(figures);
    RoomRun.say(
        "%.0f messages/s: accepted %.0f, p99 %.0f ms to the ack, %.0f ms to the others: %s",
        rate,
        figures.get(Figure.ACCEPTED),
        figures.get(Figure.ACK_P99),
        figures.get(Figure.DELIVERY_P99),
        isCarried ? "carried" : "too much");
    return isCarried;
  }

  static boolean isCarried(Figures figures) {
    return figures.get(Figure.ACK_P99) < BOUND_MILLIS
        && figures.get(Figure.DELIVERY_P99) < BOUND_MILLIS
        && figures.get(Figure.ACCEPTED) >= KEPT_UP * figures.get(Figure.OFFERED);
  }
}
