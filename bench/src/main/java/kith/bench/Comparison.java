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

/// All figures of a run of everything, as a table and as JSON.
final class Comparison {
  private final List<Loaded> loaded = new ArrayList<>();
  private final List<Idle> idle = new ArrayList<>();
  private final List<JournalLimit> limits = new ArrayList<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();
  // before this driver gives up some of them
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final double loadBefore = Processes.loadAverage();
  private Optional<Recovery> recovery = Optional.empty();
  private Optional<String> core = Optional.empty();
  private OptionalDouble startSeconds = OptionalDouble.empty();
  private OptionalDouble startedMiB = OptionalDouble.empty();

  void begins(Pinning pinning) {
    core = pinning.server();
  }

  void add(Loaded one) {
    loaded.add(one);
    RoomRun.say(
        "%,.0f messages/s, %,.0f deliveries/s, p99 %.0f ms%s",
        one.median(Figure.ACCEPTED),
        one.median(Figure.DELIVERED),
        one.median(Figure.DELIVERY_P99),
        one.verdict().isKept() ? "" : "; BROKEN: " + one.verdict());
  }

  void add(Idle one) {
    idle.add(one);
  }

  void add(Recovery one) {
    recovery = Optional.of(one);
  }

  void add(JournalLimit one) {
    limits.add(one);
  }

  /// How long a node took to start, and what it held then.
  void started(double seconds, Usages usage) {
    startSeconds = OptionalDouble.of(seconds);
    usage.node().ifPresent(it -> startedMiB = OptionalDouble.of(it.residentMiB()));
  }

  void skipped(String name, String remedy) {
    skipped.put(name, remedy);
    RoomRun.say("%n%s is not measured, because it is not installed: %s", name, remedy);
  }

  void failed(String name, String why) {
    skipped.put(name, why);
    RoomRun.say("%n%s could not be measured: %s", name, why);
  }

  boolean areAllKept() {
    return loaded.stream().allMatch(it -> it.verdict().isKept());
  }

  void print() {
    RoomRun.say(
        "%n%d cores, the server on %s; load average before: %.2f",
        cores, core.map(it -> "core " + it + " alone").orElse("any"), loadBefore);
    for (var scenario : Scenario.values()) print(scenario);
    printIdle();
    recovery.ifPresent(Comparison::print);
    for (var limit : limits)
      RoomRun.say(
          "journal rows, %,d in a commit, one connection: %,.0f/s",
          limit.batch(), limit.rowsPerSecond());
    skipped.forEach((name, remedy) -> RoomRun.say("not measured: %s (%s)", name, remedy));
  }

  private void print(Scenario scenario) {
    var some = loaded.stream().filter(it -> it.scenario() == scenario).toList();
    if (some.isEmpty()) return;
    RoomRun.say("%n%s: the highest rate with p99 < 200 ms, and a quarter of it", scenario.label);
    RoomRun.say(
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
      RoomRun.say(
          "%-24s %,11.0f %,12.0f %13s %13s %12.1f %12.1f %,9.0f  %s",
          one.contender(),
          one.median(Figure.ACCEPTED),
          one.median(Figure.DELIVERED),
          latency(one.median(Figure.DELIVERY_P50), one.median(Figure.DELIVERY_P99)),
          latency(
              one.atAQuarter().get(Figure.DELIVERY_P50), one.atAQuarter().get(Figure.DELIVERY_P99)),
          one.serverSecondsPerMillion(),
          one.databaseMicrosPerMessage(),
          one.median(Figure.NODE_RESIDENT),
          one.verdict().isKept() ? "kept" : "BROKEN");
  }

  private static String latency(double p50, double p99) {
    return String.format(Locale.ROOT, "%.1f / %.0f", p50, p99);
  }

  private void printIdle() {
    if (startSeconds.isPresent())
      RoomRun.say(
          "%nKith starts in %.1f s and holds %.0f MiB then",
          startSeconds.getAsDouble(), startedMiB.orElse(Double.NaN));
    if (idle.isEmpty()) return;
    RoomRun.say(
        "%nD: idle connections, each in %d rooms of Kith, in one of others", Kith.ROOMS_OF_EACH);
    RoomRun.say(
        "%-24s %8s %14s %10s %12s %12s",
        "", "people", "resident KiB", "heap KiB", "connects/s", "idle cores");
    for (var one : idle)
      RoomRun.say(
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
    RoomRun.say("%nF: after a kill, from 'open' to 'complete'");
    for (var wake : recovery.wakes())
      RoomRun.say("a room of %,d entries wakes in %.1f ms", wake.entries(), wake.millis());
    RoomRun.say(
        "a client resumes %,d entries in %.1f ms", recovery.missed(), recovery.resumeMillis());
  }

  /// The form it has in a file.
  record Written(
      int cores,
      Optional<String> serverCore,
      double loadBefore,
      OptionalDouble startSeconds,
      OptionalDouble startedMiB,
      List<WrittenLoad> loaded,
      List<Idle> idle,
      Optional<Recovery> recovery,
      List<JournalLimit> journal,
      Map<String, String> notMeasured) {}

  /// One contender under one scenario.
  record WrittenLoad(
      String contender,
      Scenario scenario,
      List<Map<String, Double>> runs,
      Map<String, Double> atAQuarter,
      double serverSecondsPerMillionDeliveries,
      boolean kept,
      Ledger.Verdict verdict) {
    static WrittenLoad of(Loaded one) {
      return new WrittenLoad(
          one.contender(),
          one.scenario(),
          one.runs().stream().map(Figures::byKey).toList(),
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
