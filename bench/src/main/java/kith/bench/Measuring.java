package kith.bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// Takes one measurement: loads for some seconds and gathers the figures of that time.
final class Measuring {
  /// What was sent in time may be answered later, and its delay is to count.
  private static final long STRAGGLERS_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Crowd crowd;
  private final Ledger ledger;
  private final Supplier<Usages> usage;

  Measuring(Crowd crowd, Ledger ledger, Supplier<Usages> usage) {
    this.crowd = crowd;
    this.ledger = ledger;
    this.usage = usage;
  }

  Figures measure(Pace pace, int seconds) throws IOException {
    var before = usage.get();
    var from = System.nanoTime();
    var length = TimeUnit.SECONDS.toNanos(seconds);
    ledger.measure(from, from + length);
    crowd.takeLateness();
    crowd.run(pace, length, () -> false);
    var after = usage.get();
    var lateness = crowd.takeLateness();
    crowd.settle(STRAGGLERS_NANOS);

    var tally = ledger.tally();
    var values = new EnumMap<Figure, Double>(Figure.class);
    if (pace instanceof Pace.Rate(var rate)) values.put(Figure.OFFERED, rate);
    values.put(Figure.ACCEPTED, tally.accepted() / (double) seconds);
    values.put(Figure.DELIVERED, tally.deliveries() / (double) seconds);
    values.put(Figure.ACK_P50, millis(tally.acks(), 50));
    values.put(Figure.ACK_P99, millis(tally.acks(), 99));
    values.put(Figure.ACK_MAX, millis(tally.acks(), 100));
    values.put(Figure.DELIVERY_P50, millis(tally.delays(), 50));
    values.put(Figure.DELIVERY_P99, millis(tally.delays(), 99));
    values.put(Figure.DELIVERY_MAX, millis(tally.delays(), 100));
    if (lateness.getTotalCount() > 0) values.put(Figure.LATE_P99, millis(lateness, 99));
    after.since(before).into(values, seconds);
    return new Figures(values);
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }
}
