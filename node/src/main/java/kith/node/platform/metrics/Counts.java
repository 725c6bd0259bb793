package kith.node.platform.metrics;

/// Numbers that only grow, one for each value of a label.
public interface Counts {
  /// Callers resolve all values once.
  Count labelValues(String value);
}
