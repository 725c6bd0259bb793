package kith.bench;

import java.util.List;
import java.util.Locale;

/// The median and the range of a few measurements.
record Spread(double median, double least, double most) {
  static Spread of(List<Double> values) {
    var sorted = values.stream().mapToDouble(it -> it).sorted().toArray();
    if (sorted.length == 0) return new Spread(Double.NaN, Double.NaN, Double.NaN);
    return new Spread(Metrics.median(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  /// Such as `58 (51 to 91)`; empty without a measurement.
  String text(int decimals) {
    if (Double.isNaN(median)) return "";
    var number = "%." + decimals + "f";
    return String.format(
        Locale.ROOT, number + " (" + number + " to " + number + ")", median, least, most);
  }
}
