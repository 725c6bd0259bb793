package kith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// One room loaded, measured some times over, and checked: what `hot-room` and `fan-out` are.
final class RoomRun {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int SEARCH_WINDOW_TOTAL = 320;
  private static final int SEARCH_STEPS = 6;
  private static final int SEARCH_SECONDS = 8;
  private static final double BOUND_MILLIS = 200;

  /// What part of the offered rate must have been accepted for a rate to count as carried.
  private static final double KEPT_UP = 0.98;

  private final String scenario;
  private final int members;
  private final int senders;
  private final PaceOptions pace;
  private final CommonOptions common;

  RoomRun(String scenario, int members, int senders, PaceOptions pace, CommonOptions common) {
    this.scenario = scenario;
    this.members = members;
    this.senders = senders;
    this.pace = pace;
    this.common = common;
  }

  int run() throws IOException {
    var load = Processes.loadAverage();
    try (var node = common.node()) {
      var room = SetUp.room(node.url(), members);
      var ledger = new Ledger();
      try (var crowd = new Crowd(room.target(), ledger, senders, common.bodyBytes)) {
        crowd.connect(room.members());
        var measuring = new Measuring(crowd, ledger, node);
        say("warming up for %d s", pace.warmUpSeconds);
        measuring.measure(pace.pace().orElse(searchWindow()), pace.warmUpSeconds);
        crowd.settle(SETTLE_NANOS);
        var chosen = pace.pace().orElse(null);
        if (chosen == null) chosen = search(crowd, measuring);
        var figures = new ArrayList<Figures>();
        for (int run = 1; run <= pace.runs; run++) {
          say("run %d of %d: %s", run, pace.runs, chosen);
          figures.add(measuring.measure(chosen, pace.seconds));
          crowd.settle(SETTLE_NANOS);
        }
        return report(chosen, figures, ledger.verdict(crowd.unseen()), load);
      }
    }
  }

  private int report(Pace chosen, List<Figures> figures, Ledger.Verdict verdict, double load)
      throws IOException {
    var report =
        new Report(
            scenario,
            members,
            senders,
            common.bodyBytes,
            chosen.toString(),
            pace.seconds,
            load,
            figures,
            verdict);
    report.print();
    if (common.json.isPresent()) report.write(common.json.get());
    return verdict.isKept() ? 0 : 1;
  }

  private Pace searchWindow() {
    return new Pace.Window(Math.max(1, SEARCH_WINDOW_TOTAL / senders));
  }

  /// Halves the range in which the highest rate lies that the node carries within the bound.
  private Pace search(Crowd crowd, Measuring measuring) throws IOException {
    var closed = measuring.measure(searchWindow(), SEARCH_SECONDS);
    crowd.settle(SETTLE_NANOS);
    double most = closed.get(Figure.ACCEPTED);
    say("as fast as it goes, %d waiting: %.0f messages/s", SEARCH_WINDOW_TOTAL, most);
    double carried = 0;
    double tooMuch = 1.3 * most;
    for (int step = 0; step < SEARCH_STEPS; step++) {
      double rate = (carried + tooMuch) / 2;
      var figures = measuring.measure(new Pace.Rate(rate), SEARCH_SECONDS);
      crowd.settle(SETTLE_NANOS);
      boolean isCarried = isCarried(figures);
      say(
          "%.0f messages/s: accepted %.0f, p99 %.0f ms to the ack, %.0f ms to the others: %s",
          rate,
          figures.get(Figure.ACCEPTED),
          figures.get(Figure.ACK_P99),
          figures.get(Figure.DELIVERY_P99),
          isCarried ? "carried" : "too much");
      if (isCarried) carried = rate;
      else tooMuch = rate;
    }
    if (carried == 0) throw new BenchFailure("No rate was found that the node carries in time.");
    return new Pace.Rate(carried);
  }

  private static boolean isCarried(Figures figures) {
    return figures.get(Figure.ACK_P99) < BOUND_MILLIS
        && figures.get(Figure.DELIVERY_P99) < BOUND_MILLIS
        && figures.get(Figure.ACCEPTED) >= KEPT_UP * figures.get(Figure.OFFERED);
  }

  static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
