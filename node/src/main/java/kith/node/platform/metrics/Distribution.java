package kith.node.platform.metrics;

/// The number of values in each range.
public interface Distribution {
  void observe(double value);
}
