package kith.bench;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The results of one measurement; metrics that could not be measured are absent.
record Metrics(Map<Metric, Double> values) {
  Metrics {
    values = new EnumMap<>(values);
  }

  boolean has(Metric metric) {
    return values.containsKey(metric);
  }

  double get(Metric metric) {
    return values.getOrDefault(metric, Double.NaN);
  }

  static double[] sorted(Metric metric, List<Metrics> runs) {
    return runs.stream()
        .filter(run -> run.has(metric))
        .mapToDouble(run -> run.get(metric))
        .sorted()
        .toArray();
  }

  static double median(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  Map<String, Double> byKey() {
    var named = new LinkedHashMap<String, Double>();
    values.forEach((metric, value) -> named.put(metric.key, value));
    return named;
  }
}
