package kith.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kith.protocol.json.Json;

/// The result of a run, as a table and as JSON.
record Report(
    String scenario,
    int rooms,
    int members,
    int senders,
    int bodyBytes,
    String pace,
    int seconds,
    double loadBefore,
    List<Metrics> runs,
    Ledger.Verdict verdict) {

  void print() {
    RoomRun.print("");
    RoomRun.print(
        "%s: %d × %d members, %d senders, bodies of %d bytes, %s, %d × %d s",
        scenario, rooms, members, senders, bodyBytes, pace, runs.size(), seconds);
    RoomRun.print(
        "%d cores; load average before: %.2f",
        Runtime.getRuntime().availableProcessors(), loadBefore);
    RoomRun.print("%-30s %12s   %s", "", "median", "range of the runs");
    for (var metric : Metric.values()) {
      var sorted = Metrics.sorted(metric, runs);
      if (sorted.length > 0)
        RoomRun.print(
            "%-30s %12s   %s to %s",
            metric.label,
            text(metric, Metrics.median(sorted)),
            text(metric, sorted[0]),
            text(metric, sorted[sorted.length - 1]));
    }
    print(verdict);
  }

  static void print(Ledger.Verdict verdict) {
    RoomRun.print("");
    RoomRun.print(
        "%s: %d sent; lost %d, repeated or out of order %d, contradicted %d, unanswered %d, "
            + "acknowledged but not received by all %d, connections lost %d, refused %s",
        verdict.isKept() ? "every promise kept" : "BROKEN",
        verdict.sent(),
        verdict.lost(),
        verdict.repeatedOrDisordered(),
        verdict.contradicted(),
        verdict.unanswered(),
        verdict.unseen(),
        verdict.hungUp(),
        verdict.refusals());
  }

  private static String text(Metric metric, double value) {
    return String.format(Locale.ROOT, "%,." + metric.decimals + "f", value);
  }

  /// The JSON file.
  record Written(
      String scenario,
      int rooms,
      int members,
      int senders,
      int bodyBytes,
      String pace,
      int seconds,
      int cores,
      double loadBefore,
      Map<String, Double> median,
      List<Map<String, Double>> runs,
      boolean kept,
      Ledger.Verdict verdict) {}

  void write(Path file) throws IOException {
    var median = new EnumMap<Metric, Double>(Metric.class);
    for (var metric : Metric.values()) {
      var sorted = Metrics.sorted(metric, runs);
      if (sorted.length > 0) median.put(metric, Metrics.median(sorted));
    }
    var each = new ArrayList<Map<String, Double>>();
    for (var run : runs) each.add(run.byKey());
    Files.writeString(
        file,
        Json.restText(
                new Written(
                    scenario,
                    rooms,
                    members,
                    senders,
                    bodyBytes,
                    pace,
                    seconds,
                    Runtime.getRuntime().availableProcessors(),
                    loadBefore,
                    new Metrics(median).byKey(),
                    each,
                    verdict.isKept(),
                    verdict))
            + "\n");
  }
}
