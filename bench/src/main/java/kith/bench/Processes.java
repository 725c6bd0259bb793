package kith.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// What processes have used, from `/proc`; nothing where there is none.
final class Processes {
  /// The kernel shows times in 1/100 s whatever its own clock.
  private static final double TICKS = 100;

  private static final int PAGE = 4096;

  /// CPU time since it was started, and memory now.
  record Usage(double cpuSeconds, double residentMiB) {
    Usage plus(Usage other) {
      return new Usage(cpuSeconds + other.cpuSeconds, residentMiB + other.residentMiB);
    }
  }

  private Processes() {}

  static double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /// A process without its children.
  static Optional<Usage> of(long pid) {
    return stat(pid).map(stat -> new Usage(ticks(stat, 11, 12), resident(pid, stat)));
  }

  /// A process with its children, those that have ended too.
  static Optional<Usage> tree(long pid) {
    return stat(pid)
        .map(stat -> new Usage(ticks(stat, 11, 14), resident(pid, stat)))
        .map(own -> children(pid).reduce(own, Usage::plus));
  }

  private static Stream<Usage> children(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::children)
        .flatMap(child -> tree(child.pid()).stream());
  }

  /// The fields of `/proc/PID/stat` after the name; the state is number 0.
  private static Optional<String[]> stat(long pid) {
    try {
      var text = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static double ticks(String[] stat, int first, int last) {
    double sum = 0;
    for (int field = first; field <= last; field++) sum += Long.parseLong(stat[field]);
    return sum / TICKS;
  }

  /// Shared memory counts in parts, where the kernel tells.
  private static double resident(long pid, String[] stat) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
              .filter(line -> line.startsWith("Pss:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .sum()
          / 1024.0;
    } catch (IOException | java.io.UncheckedIOException hidden) {
      return Long.parseLong(stat[21]) * (double) PAGE / (1 << 20);
    }
  }
}
