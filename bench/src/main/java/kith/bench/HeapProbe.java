package kith.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Asks a JVM again and again what lives in its heap after a collection, with `jcmd`.
final class HeapProbe implements AutoCloseable {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  /// One look: the live heap, and the process's resident memory.
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
    var _ = probe.clock.scheduleWithFixedDelay(probe::look, 0, seconds, TimeUnit.SECONDS);
    return probe;
  }

  private void look() {
    try {
      jcmd("GC.run");
      var used = USED.matcher(jcmd("GC.heap_info"));
      if (!used.find()) return;
      var resident = Processes.of(pid).map(Processes.Usage::residentMiB).orElse(0.0);
      add(
          new Sample(
              (System.nanoTime() - began) / 1e9, Long.parseLong(used.group(1)) / 1024.0, resident));
    } catch (IOException fault) {
      System.err.println("kith bench: the heap could not be read: " + fault.getMessage());
    }
  }

  private String jcmd(String command) throws IOException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(jcmd, Long.toString(pid), command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private synchronized void add(Sample sample) {
    samples.add(sample);
    RoomRun.say(
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
