package kith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One contender under one scenario: the highest rate it carries, measured some times, and how it
/// is at a quarter of that.
record Loaded(
    String contender,
    Scenario scenario,
    List<Figures> runs,
    Figures atAQuarter,
    Ledger.Verdict verdict) {

  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int WARM_UP_SECONDS = 4;
  private static final int TRIAL_SECONDS = 3;
  private static final int TRIALS = 3;
  private static final int ATTEMPTS = 8;
  private static final double LESS = 0.9;
  private static final int BODY_BYTES = 100;

  static Loaded measure(String name, Contender contender, Scenario scenario, int runs, int seconds)
      throws IOException {
    RoomRun.say("%n%s, %s", name, scenario.label);
    var seats = contender.seats(scenario.rooms, scenario.members, Words.body(BODY_BYTES));
    var ledger = new Ledger();
    try (var crowd = new Crowd(ledger, scenario.senders)) {
      crowd.connect(seats);
      var measuring = new Measuring(crowd, ledger, contender::usage);
      var search = new Search(crowd, measuring, scenario.senders, TRIAL_SECONDS, TRIALS);
      measuring.measure(search.window(), WARM_UP_SECONDS);
      crowd.settle(SETTLE_NANOS);
      double rate = search.highest().perSecond();
      var figures = measured(crowd, measuring, rate, runs, seconds);
      // a trial is short, and may have been lucky
      for (int attempt = 1; attempt < ATTEMPTS && !areCarried(figures); attempt++) {
        rate *= LESS;
        figures = measured(crowd, measuring, rate, runs, seconds);
      }
      var quarter = measured(crowd, measuring, rate / 4, 1, seconds).getFirst();
      return new Loaded(name, scenario, figures, quarter, ledger.verdict(crowd.unseen()));
    }
  }

  private static List<Figures> measured(
      Crowd crowd, Measuring measuring, double rate, int runs, int seconds) throws IOException {
    var figures = new ArrayList<Figures>();
    int notCarried = 0;
    // most of them failed: the others would not help it
    for (int run = 0; run < runs && 2 * notCarried <= runs; run++) {
      var one = measuring.measure(new Pace.Rate(rate), seconds);
      if (!Search.isCarried(one)) notCarried++;
      figures.add(one);
      crowd.settle(SETTLE_NANOS);
    }
    return figures;
  }

  private static boolean areCarried(List<Figures> figures) {
    return 2 * figures.stream().filter(Search::isCarried).count() > figures.size();
  }

  double median(Figure figure) {
    var sorted = Figures.sorted(figure, runs);
    return sorted.length == 0 ? Double.NaN : Figures.median(sorted);
  }

  /// CPU seconds of the server for a million deliveries.
  double serverSecondsPerMillion() {
    return 1e6 * median(Figure.NODE_CORES) / median(Figure.DELIVERED);
  }

  /// CPU microseconds of PostgreSQL for a message.
  double databaseMicrosPerMessage() {
    return 1e6 * median(Figure.POSTGRES_CORES) / median(Figure.ACCEPTED);
  }
}
