package kith.bench.prove;

import java.util.concurrent.TimeUnit;

/// The time of a run in milliseconds, and its current phase.
final class Clock {
  enum Phase {
    /// Clients write and read.
    WRITING,
    /// Clients write nothing new; they retry posts until they are answered.
    SETTLING,
    /// Clients send nothing; they read the remaining entries.
    READING,
    OVER
  }

  private final long began = System.nanoTime();
  private volatile Phase phase = Phase.WRITING;

  long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  Phase phase() {
    return phase;
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }

  void turnTo(Phase next) {
    phase = next;
  }
}
