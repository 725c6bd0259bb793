package kith.node.platform.metrics;

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
public final class Instruments {
  /// From a commit on a fast disk to a request close to its timeout.
  private static final double[] SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final PrometheusRegistry registry;

  Instruments(PrometheusRegistry registry) {
    this.registry = registry;
  }

  public Count counter(String name, String help) {
    return Counter.builder().name(name).help(help).withoutExemplars().register(registry)::inc;
  }

  public Count bytes(String name, String help) {
    return Counter.builder()
            .name(name)
            .help(help)
            .unit(Unit.BYTES)
            .withoutExemplars()
            .register(registry)
        ::inc;
  }

  public LabelledCounts counter(String name, String help, String label) {
    var counter =
        Counter.builder()
            .name(name)
            .help(help)
            .labelNames(label)
            .withoutExemplars()
            .register(registry);
    return value -> counter.labelValues(value)::inc;
  }

  public Level level(String name, String help) {
    var gauge = Gauge.builder().name(name).help(help).withoutExemplars().register(registry);
    return new Level() {
      @Override
      public void set(double value) {
        gauge.set(value);
      }

      @Override
      public void inc() {
        gauge.inc();
      }

      @Override
      public void dec() {
        gauge.dec();
      }
    };
  }

  public Distribution seconds(String name, String help) {
    return Histogram.builder()
            .name(name)
            .help(help)
            .unit(Unit.SECONDS)
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .withoutExemplars()
            .register(registry)
        ::observe;
  }

  public Distribution sizes(String name, String help, double... upperBounds) {
    return Histogram.builder()
            .name(name)
            .help(help)
            .classicOnly()
            .classicUpperBounds(upperBounds)
            .withoutExemplars()
            .register(registry)
        ::observe;
  }

  /// The value is read at each scrape.
  public void level(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(asked -> asked.call(value.getAsDouble()))
        .register(registry);
  }

  public void levels(
      String name, String help, String label, Supplier<? extends Map<String, Integer>> values) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(label)
        .callback(asked -> values.get().forEach((key, value) -> asked.call(value, key)))
        .register(registry);
  }

  /// A fact that does not change, as the label of a metric whose value is 1.
  public void fact(String name, String help, String label, String value) {
    Info.builder().name(name).help(help).labelNames(label).register(registry).addLabelValues(value);
  }

  public static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
