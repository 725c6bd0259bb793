package kith.bench;

import java.io.IOException;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// The cost of clients that are signed in and have rooms open, but send nothing.
///
/// @param residentKiB resident memory of the server per client
/// @param heapKiB live heap of the server per client, if it can be measured
/// @param connectsPerSecond clients per second, from the handshake to open rooms
/// @param cores CPU use of the server while the clients are idle
record IdleCost(
    String contender,
    int people,
    double residentKiB,
    OptionalDouble heapKiB,
    double connectsPerSecond,
    double cores) {

  private static final int SETTLING_SECONDS = 4;

  /// @param jvm the server's process id, if it is a JVM whose heap can be measured
  /// @param idleSeconds how long CPU time is measured
  static IdleCost measure(
      String name, Contender contender, OptionalLong jvm, int people, int idleSeconds)
      throws IOException {
    RoomRun.print("%n%s, D: %,d idle connections", name, people);
    var configs = contender.idleClientConfigs(people);
    try (var clients = new LoadClients(new Ledger(), 1)) {
      var heapBefore = heap(clients, jvm);
      double before = resident(contender);
      var began = System.nanoTime();
      clients.connect(configs);
      double seconds = (System.nanoTime() - began) / 1e9;
      idle(clients, SETTLING_SECONDS);
      var heapAfter = heap(clients, jvm);
      double after = resident(contender);
      var quiet = contender.usage();
      idle(clients, idleSeconds);
      var cores = contender.usage().since(quiet).node().orElseThrow().cpuSeconds() / idleSeconds;
      return new IdleCost(
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

  private static void idle(LoadClients clients, int seconds) throws IOException {
    clients.run(new SendSchedule.None(), TimeUnit.SECONDS.toNanos(seconds), () -> false);
  }

  /// Waits afterwards, because a JVM returns memory for some moments after a collection.
  private static OptionalDouble heap(LoadClients clients, OptionalLong jvm) throws IOException {
    if (jvm.isEmpty()) return OptionalDouble.empty();
    var heap = HeapProbe.now(jvm.getAsLong()).heapMiB();
    idle(clients, SETTLING_SECONDS);
    return OptionalDouble.of(heap);
  }

  private static double resident(Contender contender) {
    return contender.usage().node().map(Processes.Usage::residentMiB).orElse(Double.NaN);
  }
}
