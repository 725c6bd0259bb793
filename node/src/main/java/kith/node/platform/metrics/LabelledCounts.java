package kith.node.platform.metrics;

/// Numbers that only grow, one for each value of a label.
public interface LabelledCounts {
  /// Callers resolve all values once.
  Count labelValues(String value);
}
