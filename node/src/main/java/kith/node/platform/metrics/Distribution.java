package kith.node.platform.metrics;

/// How often values were in which range.
public interface Distribution {
  void observe(double value);
}
