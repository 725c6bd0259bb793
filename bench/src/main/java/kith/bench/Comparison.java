package kith.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import kith.protocol.json.Json;

/// All metrics of `kith bench all`, as a table and as JSON.
final class Comparison {
  private final List<LoadResult> loaded = new ArrayList<>();
  private final List<IdleCost> idle = new ArrayList<>();
  private final List<JournalLimit> limits = new ArrayList<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();
  // counted before this driver restricts itself to some of them
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final double loadBefore = Processes.loadAverage();
  private Optional<Recovery> recovery = Optional.empty();
  private Optional<String> core = Optional.empty();
  private OptionalDouble startSeconds = OptionalDouble.empty();
  private OptionalDouble startedMiB = OptionalDouble.empty();

  void begins(Pinning pinning) {
    core = pinning.server();
  }

  void add(LoadResult one) {
    loaded.add(one);
    RoomRun.print(
        "%,.0f messages/s, %,.0f deliveries/s, p99 %.0f ms%s",
        one.median(Metric.ACCEPTED),
        one.median(Metric.DELIVERED),
        one.median(Metric.DELIVERY_P99),
        one.verdict().isKept() ? "" : "; BROKEN: " + one.verdict());
  }

  void add(IdleCost one) {
    idle.add(one);
  }

  void add(Recovery one) {
    recovery = Optional.of(one);
  }

  void add(JournalLimit one) {
    limits.add(one);
  }

  /// The start time of a node, and its memory after the start.
  void started(double seconds, ResourceUsage usage) {
    startSeconds = OptionalDouble.of(seconds);
    usage.node().ifPresent(it -> startedMiB = OptionalDouble.of(it.residentMiB()));
  }

  void skipped(String name, String command) {
    skipped.put(name, command);
    RoomRun.print(
        "%n%s is not measured because it is not installed; install it with: %s", name, command);
  }

  void failed(String name, String why) {
    skipped.put(name, why);
    RoomRun.print("%n%s could not be measured: %s", name, why);
  }

  boolean areAllKept() {
    return loaded.stream().allMatch(it -> it.verdict().isKept());
  }

  void print() {
    RoomRun.print(
        "%n%d cores, the server on %s; load average before: %.2f",
        cores, core.map(it -> "core " + it + " alone").orElse("any"), loadBefore);
    for (var scenario : Scenario.values()) print(scenario);
    printIdle();
    recovery.ifPresent(Comparison::print);
    for (var limit : limits)
      RoomRun.print(
          "journal rows, %,d in a commit, one connection: %,.0f/s",
          limit.batch(), limit.rowsPerSecond());
    skipped.forEach((name, remedy) -> RoomRun.print("not measured: %s (%s)", name, remedy));
  }

  private void print(Scenario scenario) {
    var some = loaded.stream().filter(it -> it.scenario() == scenario).toList();
    if (some.isEmpty()) return;
    RoomRun.print("%n%s: the highest rate with p99 < 200 ms, and a quarter of it", scenario.label);
    RoomRun.print(
        "%-24s %11s %12s %13s %13s %12s %12s %9s  %s",
        "",
        "messages/s",
        "deliveries/s",
        "p50/p99 ms",
        "at a quarter",
        "server s/M",
        "db µs/msg",
        "MiB",
        "promises");
    for (var one : some)
      RoomRun.print(
          "%-24s %,11.0f %,12.0f %13s %13s %12.1f %12.1f %,9.0f  %s",
          one.contender(),
          one.median(Metric.ACCEPTED),
          one.median(Metric.DELIVERED),
          latency(one.median(Metric.DELIVERY_P50), one.median(Metric.DELIVERY_P99)),
          latency(
              one.atAQuarter().get(Metric.DELIVERY_P50), one.atAQuarter().get(Metric.DELIVERY_P99)),
          one.serverSecondsPerMillion(),
          one.databaseMicrosPerMessage(),
          one.median(Metric.NODE_RESIDENT),
          one.verdict().isKept() ? "kept" : "BROKEN");
  }

  private static String latency(double p50, double p99) {
    return String.format(Locale.ROOT, "%.1f / %.0f", p50, p99);
  }

  private void printIdle() {
    if (startSeconds.isPresent())
      RoomRun.print(
          "%nKith starts in %.1f s and then takes %.0f MiB",
          startSeconds.getAsDouble(), startedMiB.orElse(Double.NaN));
    if (idle.isEmpty()) return;
    RoomRun.print(
        "%nD: idle connections, each in %d rooms of Kith, in one room of other servers",
        Kith.ROOMS_OF_EACH);
    RoomRun.print(
        "%-24s %8s %14s %10s %12s %12s",
        "", "clients", "resident KiB", "heap KiB", "connects/s", "idle cores");
    for (var one : idle)
      RoomRun.print(
          "%-24s %,8d %14.1f %10s %,12.0f %12.3f",
          one.contender(),
          one.people(),
          one.residentKiB(),
          one.heapKiB().isPresent()
              ? String.format(Locale.ROOT, "%.1f", one.heapKiB().getAsDouble())
              : "",
          one.connectsPerSecond(),
          one.cores());
  }

  private static void print(Recovery recovery) {
    RoomRun.print("%nF: after a kill, from 'open' to 'complete'");
    for (var wake : recovery.wakes())
      RoomRun.print("a room of %,d entries loads in %.1f ms", wake.entries(), wake.millis());
    RoomRun.print(
        "a client receives %,d missed entries in %.1f ms",
        recovery.missed(), recovery.resumeMillis());
  }

  /// The JSON file.
  record Written(
      int cores,
      Optional<String> serverCore,
      double loadBefore,
      OptionalDouble startSeconds,
      OptionalDouble startedMiB,
      List<WrittenLoad> loaded,
      List<IdleCost> idle,
      Optional<Recovery> recovery,
      List<JournalLimit> journal,
      Map<String, String> notMeasured) {}

  /// The result of one contender in one scenario, in the JSON file.
  record WrittenLoad(
      String contender,
      Scenario scenario,
      List<Map<String, Double>> runs,
      Map<String, Double> atAQuarter,
      double serverSecondsPerMillionDeliveries,
      boolean kept,
      Ledger.Verdict verdict) {
    static WrittenLoad of(LoadResult one) {
      return new WrittenLoad(
          one.contender(),
          one.scenario(),
          one.runs().stream().map(Metrics::byKey).toList(),
          one.atAQuarter().byKey(),
          one.serverSecondsPerMillion(),
          one.verdict().isKept(),
          one.verdict());
    }
  }

  void write(Path file) throws IOException {
    var written =
        new Written(
            cores,
            core,
            loadBefore,
            startSeconds,
            startedMiB,
            loaded.stream().map(WrittenLoad::of).toList(),
            idle,
            recovery,
            limits,
            skipped);
    Files.writeString(file, Json.restText(written) + "\n");
  }
}
