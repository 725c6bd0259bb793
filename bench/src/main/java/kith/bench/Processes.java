package kith.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// CPU time and memory of processes, from `/proc`; empty where it does not exist.
final class Processes {
  /// The kernel reports times in 1/100 s, independent of its own clock.
  private static final double TICKS = 100;

  private static final int PAGE = 4096;

  /// CPU time since the start of the process, and its current memory.
  record Usage(double cpuSeconds, double residentMiB) {
    Usage plus(Usage other) {
      return new Usage(cpuSeconds + other.cpuSeconds, residentMiB + other.residentMiB);
    }

    Usage minus(Usage other) {
      return new Usage(cpuSeconds - other.cpuSeconds, residentMiB);
    }
  }

  private Processes() {}

  static double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /// CPU time of all processes on this machine, including time stolen by its host.
  static Optional<Usage> machine() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      return lines
          .findFirst()
          .map(line -> line.trim().split("\\s+", -1))
          // user nice system idle iowait irq softirq steal; guests are in user already
          .map(cpu -> new Usage(ticks(cpu, 1, 3) + ticks(cpu, 6, 8), 0));
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /// Usage of a process without its children.
  static Optional<Usage> of(long pid) {
    return stat(pid).map(stat -> new Usage(ticks(stat, 11, 12), resident(pid, stat)));
  }

  /// Usage of a process and its children; the processor time includes exited children.
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

  /// The fields of `/proc/PID/stat` after the name; the state has index 0.
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

  /// Shared memory counts proportionally (PSS), if the kernel reports it.
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
