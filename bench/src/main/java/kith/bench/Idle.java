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

  private static final int QUIET_SECONDS = 8;

  /// @param jvm the server's process, if it is one whose heap can be looked at
  static Idle measure(String name, Contender contender, OptionalLong jvm, int people)
      throws IOException {
    RoomRun.say("%n%s, D: %,d idle connections", name, people);
    var seats = contender.idle(people);
    var heapBefore = heap(jvm);
    double before = resident(contender);
    try (var crowd = new Crowd(new Ledger(), 1)) {
      var began = System.nanoTime();
      crowd.connect(seats);
      double seconds = (System.nanoTime() - began) / 1e9;
      crowd.run(new Pace.Silence(), TimeUnit.SECONDS.toNanos(2), () -> false);
      var heapAfter = heap(jvm);
      double after = resident(contender);
      var quiet = contender.usage();
      crowd.run(new Pace.Silence(), TimeUnit.SECONDS.toNanos(QUIET_SECONDS), () -> false);
      var cores = contender.usage().since(quiet).node().orElseThrow().cpuSeconds() / QUIET_SECONDS;
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

  private static OptionalDouble heap(OptionalLong jvm) throws IOException {
    return jvm.isPresent()
        ? OptionalDouble.of(HeapProbe.now(jvm.getAsLong()).heapMiB())
        : OptionalDouble.empty();
  }

  private static double resident(Contender contender) {
    return contender.usage().node().map(Processes.Usage::residentMiB).orElse(Double.NaN);
  }
}
