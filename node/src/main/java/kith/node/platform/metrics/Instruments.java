package kith.node.platform.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Creates the kinds of metrics. Each caller keeps its own instrument, so that counting is an
/// addition without a lookup.
final class Instruments {
  /// From a commit on a fast disk to a request close to its timeout.
  private static final double[] SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final PrometheusRegistry registry;

  Instruments(PrometheusRegistry registry) {
    this.registry = registry;
  }

  CounterDataPoint counter(String name, String help) {
    return Counter.builder().name(name).help(help).withoutExemplars().register(registry);
  }

  CounterDataPoint bytes(String name, String help) {
    return Counter.builder()
        .name(name)
        .help(help)
        .unit(Unit.BYTES)
        .withoutExemplars()
        .register(registry);
  }

  /// Callers resolve all possible values once, with `labelValues`.
  Counter counter(String name, String help, String label) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .withoutExemplars()
        .register(registry);
  }

  Gauge level(String name, String help) {
    return Gauge.builder().name(name).help(help).withoutExemplars().register(registry);
  }

  DistributionDataPoint seconds(String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .unit(Unit.SECONDS)
        .classicOnly()
        .classicUpperBounds(SECONDS)
        .withoutExemplars()
        .register(registry);
  }

  DistributionDataPoint sizes(String name, String help, double... upperBounds) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(upperBounds)
        .withoutExemplars()
        .register(registry);
  }

  /// The value is read at each scrape.
  void level(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(asked -> asked.call(value.getAsDouble()))
        .register(registry);
  }

  void levels(
      String name, String help, String label, Supplier<? extends Map<String, Integer>> values) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(asked -> values.get().forEach((key, value) -> asked.call(value, key)))
        .register(registry);
  }

  /// A fact that does not change, as the label of a metric whose value is 1.
  void fact(String name, String help, String label, String value) {
    Info.builder().name(name).help(help).labelNames(label).register(registry).addLabelValues(value);
  }

  static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
