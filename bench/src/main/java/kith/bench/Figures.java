package kith.bench;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one measurement gave; a figure that could not be had is not there.
record Figures(Map<Figure, Double> values) {
  Figures {
    values = new EnumMap<>(values);
  }

  boolean has(Figure figure) {
    return values.containsKey(figure);
  }

  double get(Figure figure) {
    return values.getOrDefault(figure, Double.NaN);
  }

  static double[] sorted(Figure figure, List<Figures> runs) {
    return runs.stream()
        .filter(run -> run.has(figure))
        .mapToDouble(run -> run.get(figure))
        .sorted()
        .toArray();
  }

  static double median(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  Map<String, Double> byKey() {
    var named = new LinkedHashMap<String, Double>();
    values.forEach((figure, value) -> named.put(figure.key, value));
    return named;
  }
}
