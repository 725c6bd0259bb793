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

/// What is said at the end of a run.
record Report(
    String scenario,
    int rooms,
    int members,
    int senders,
    int bodyBytes,
    String pace,
    int seconds,
    double loadBefore,
    List<Figures> runs,
    Ledger.Verdict verdict) {

  void print() {
    RoomRun.say("");
    RoomRun.say(
        "%s: %d × %d members, %d sending, %d byte bodies, %s, %d × %d s",
        scenario, rooms, members, senders, bodyBytes, pace, runs.size(), seconds);
    RoomRun.say(
        "%d cores; load average before: %.2f",
        Runtime.getRuntime().availableProcessors(), loadBefore);
    RoomRun.say("%-30s %12s   %s", "", "median", "of the runs");
    for (var figure : Figure.values()) {
      var sorted = Figures.sorted(figure, runs);
      if (sorted.length > 0)
        RoomRun.say(
            "%-30s %12s   %s to %s",
            figure.label,
            text(figure, Figures.median(sorted)),
            text(figure, sorted[0]),
            text(figure, sorted[sorted.length - 1]));
    }
    print(verdict);
  }

  static void print(Ledger.Verdict verdict) {
    RoomRun.say("");
    RoomRun.say(
        "%s: %d sent; lost %d, repeated or out of order %d, contradicted %d, unanswered %d, "
            + "acknowledged but not seen by all %d, connections lost %d, refused %s",
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

  private static String text(Figure figure, double value) {
    return String.format(Locale.ROOT, "%,." + figure.decimals + "f", value);
  }

  /// The form it has in a file.
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
    var median = new EnumMap<Figure, Double>(Figure.class);
    for (var figure : Figure.values()) {
      var sorted = Figures.sorted(figure, runs);
      if (sorted.length > 0) median.put(figure, Figures.median(sorted));
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
                    new Figures(median).byKey(),
                    each,
                    verdict.isKept(),
                    verdict))
            + "\n");
  }
}
