package kith.node.platform.metrics;

/// A number that grows and shrinks.
public interface Level {
  void set(double value);

  void inc();

  void dec();
}
