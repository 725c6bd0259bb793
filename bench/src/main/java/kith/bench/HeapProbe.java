package kith.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Collects garbage in a JVM and measures its live heap at intervals, with `jcmd`.
final class HeapProbe implements AutoCloseable {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /// One measurement: the live heap, and the process's resident memory.
  record Sample(double afterSeconds, double heapMiB, double residentMiB) {}

  private final long pid;
  private final long began = System.nanoTime();
  private final List<Sample> samples = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private HeapProbe(long pid) {
    this.pid = pid;
  }

  static HeapProbe every(int seconds, long pid) {
    var probe = new HeapProbe(pid);
    var _ = probe.clock.scheduleWithFixedDelay(probe::measure, 0, seconds, TimeUnit.SECONDS);
    return probe;
  }

  /// Measures once.
  static Sample now(long pid) throws IOException {
    return read(pid, System.nanoTime())
        .orElseThrow(() -> new BenchFailure("jcmd printed no heap size."));
  }

  private static Optional<Sample> read(long pid, long began) throws IOException {
    jcmd(pid, "GC.run");
    // each generation has a line; the lines after them are not heap
    var generations = jcmd(pid, "GC.heap_info").replaceAll("(?s)Metaspace.*", "");
    var used = USED.matcher(generations).results().toList();
    if (used.isEmpty()) return Optional.empty();
    var heap = used.stream().mapToLong(it -> Long.parseLong(it.group(1))).sum() / 1024.0;
    var resident = Processes.of(pid).map(Processes.Usage::residentMiB).orElse(0.0);
    return Optional.of(new Sample((System.nanoTime() - began) / 1e9, heap, resident));
  }

  private void measure() {
    try {
      read(pid, began).ifPresent(this::add);
    } catch (IOException fault) {
      System.err.println("kith bench: the heap could not be read: " + fault.getMessage());
    }
  }

  private static String jcmd(long pid, String command) throws IOException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(jcmd, Long.toString(pid), command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private synchronized void add(Sample sample) {
    samples.add(sample);
    RoomRun.print(
        "%5.0f s: heap %.1f MiB after a collection, resident %.0f MiB",
        sample.afterSeconds(), sample.heapMiB(), sample.residentMiB());
  }

  synchronized List<Sample> samples() {
    return List.copyOf(samples);
  }

  @Override
  public void close() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(30, TimeUnit.SECONDS)) clock.shutdownNow();
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }
}
