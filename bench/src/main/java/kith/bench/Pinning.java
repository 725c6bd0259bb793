package kith.bench;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The CPU cores of a run: one for the server, the others for all other processes.
record Pinning(Optional<String> server, Optional<String> others) {
  static final Pinning NONE = new Pinning(Optional.empty(), Optional.empty());

  /// One core for the server, if the machine has at least two.
  static Pinning toOneCore() {
    int cores = Runtime.getRuntime().availableProcessors();
    if (cores < 2) return NONE;
    return new Pinning(
        Optional.of("0"),
        Optional.of(
            IntStream.range(1, cores)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","))));
  }

  /// Pins a process and all of its threads to these cores.
  static void pin(long pid, String cores) {
    try {
      var process =
          new ProcessBuilder("taskset", "-a", "-p", "-c", cores, Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) throw new BenchFailure("taskset could not pin " + pid + ".");
    } catch (IOException none) {
      throw new BenchFailure(
          "taskset is required (Debian package util-linux); or use --free.", none);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("Interrupted.", told);
    }
  }
}
