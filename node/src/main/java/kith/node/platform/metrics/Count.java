package kith.node.platform.metrics;

/// A number that only grows.
public interface Count {
  void inc(long more);

  default void inc() {
    inc(1);
  }
}
