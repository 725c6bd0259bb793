package kith.bench;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// People who are signed in and have rooms open, and say nothing: what they cost.
///
/// @param residentKiB of each, in the server's process
/// @param heapKiB of each, of what lives on its heap, where that can be known
/// @param connectsPerSecond from the handshake to open rooms
/// @param cores that the server uses while nothing happens
record Idle(
    String contender,
    int people,
    double residentKiB,
    OptionalDouble heapKiB,
    double connectsPerSecond,
    double cores) {

  private static final int SETTLING_SECONDS = 4;

  /// @param jvm the server's process, if it is one whose heap can be looked at
  /// @param quietSeconds how long its CPU time is looked at
  static Idle measure(
      String name, Contender contender, OptionalLong jvm, int people, int quietSeconds)
      throws IOException {
    RoomRun.say("%n%s, D: %,d idle connections", name, people);
    var seats = contender.idle(people);
    try (var crowd = new Crowd(new Ledger(), 1)) {
      var heapBefore = heap(crowd, jvm);
      double before = resident(contender);
      var began = System.nanoTime();
      crowd.connect(seats);
      double seconds = (System.nanoTime() - began) / 1e9;
      beQuiet(crowd, SETTLING_SECONDS);
      var heapAfter = heap(crowd, jvm);
      double after = resident(contender);
      var quiet = contender.usage();
      beQuiet(crowd, quietSeconds);
      var cores = contender.usage().since(quiet).node().orElseThrow().cpuSeconds() / quietSeconds;
      return new Idle(
          name,
          people,
          1024 * (after - before) / people,
          heapBefore.isPresent() && heapAfter.isPresent()
              ? OptionalDouble.of(
                  1024 * (heapAfter.getAsDouble() - heapBefore.getAsDouble()) / people)
              : OptionalDouble.empty(),
          people / seconds,
          cores);
    }
  }

  private static void beQuiet(Crowd crowd, int seconds) throws IOException {
    crowd.run(new Pace.Silence(), TimeUnit.SECONDS.toNanos(seconds), () -> false);
  }

  /// Waits, as a JVM gives memory back for some moments after the collection.
  private static OptionalDouble heap(Crowd crowd, OptionalLong jvm) throws IOException {
    if (jvm.isEmpty()) return OptionalDouble.empty();
    var heap = HeapProbe.now(jvm.getAsLong()).heapMiB();
    beQuiet(crowd, SETTLING_SECONDS);
    return OptionalDouble.of(heap);
  }

  private static double resident(Contender contender) {
    return contender.usage().node().map(Processes.Usage::residentMiB).orElse(Double.NaN);
  }
}
