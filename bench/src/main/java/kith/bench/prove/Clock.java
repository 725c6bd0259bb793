package kith.bench.prove;

import java.util.concurrent.TimeUnit;

/// The milliseconds of a run, and which part of it this is.
final class Clock {
  enum Phase {
    /// Everybody writes and reads.
    WRITING,
    /// Nothing new is written; what waits is sent until it is answered.
    SETTLING,
    /// Nothing is sent any more; what was written is read.
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
