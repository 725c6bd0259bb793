package kith.bench.prove;

import java.util.concurrent.TimeUnit;

/// Prints how far something is, but only if it takes long.
final class SlowProgress {
  private static final long EVERY = TimeUnit.SECONDS.toNanos(5);

  private final Output out;
  private long last = System.nanoTime();

  SlowProgress(Output out) {
    this.out = out;
  }

  synchronized void show(String what) {
    if (System.nanoTime() - last < EVERY) return;
    last = System.nanoTime();
    out.println("  %s", what);
  }
}
