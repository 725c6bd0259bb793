package kith.bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/// Takes one measurement: applies a load for a few seconds and collects the metrics of that time.
final class Meter {
  /// Messages that were sent in time but answered later still count in the latencies.
  private static final long LATE_ANSWERS_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final LoadClients clients;
  private final Ledger ledger;
  private final Supplier<ResourceUsage> usage;

  Meter(LoadClients clients, Ledger ledger, Supplier<ResourceUsage> usage) {
    this.clients = clients;
    this.ledger = ledger;
    this.usage = usage;
  }

  Metrics measure(SendSchedule schedule, int seconds) throws IOException {
    var before = usage.get();
    var from = System.nanoTime();
    var length = TimeUnit.SECONDS.toNanos(seconds);
    ledger.measure(from, from + length);
    clients.takeLateness();
    clients.run(schedule, length, () -> false);
    var after = usage.get();
    var lateness = clients.takeLateness();
    clients.settle(LATE_ANSWERS_NANOS);

    var tally = ledger.tally();
    var values = new EnumMap<Metric, Double>(Metric.class);
    if (schedule instanceof SendSchedule.Rate(var rate)) values.put(Metric.OFFERED, rate);
    values.put(Metric.ACCEPTED, tally.accepted() / (double) seconds);
    values.put(Metric.DELIVERED, tally.deliveries() / (double) seconds);
    values.put(Metric.ACK_P50, millis(tally.acks(), 50));
    values.put(Metric.ACK_P99, millis(tally.acks(), 99));
    values.put(Metric.ACK_MAX, millis(tally.acks(), 100));
    values.put(Metric.DELIVERY_P50, millis(tally.delays(), 50));
    values.put(Metric.DELIVERY_P99, millis(tally.delays(), 99));
    values.put(Metric.DELIVERY_MAX, millis(tally.delays(), 100));
    if (lateness.getTotalCount() > 0) values.put(Metric.LATE_P99, millis(lateness, 99));
    after.since(before).into(values, seconds);
    return new Metrics(values);
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }
}
