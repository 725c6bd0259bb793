package kith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Rooms loaded, measured some times over, and checked: what `hot-room`, `fan-out` and `many-rooms`
/// are.
final class RoomRun {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int SEARCH_STEPS = 6;
  private static final int SEARCH_SECONDS = 8;

  private final String scenario;
  private final int rooms;
  private final int members;
  private final int senders;
  private final PaceOptions pace;
  private final CommonOptions common;

  /// @param members of each room
  /// @param senders in all rooms together
  RoomRun(
      String scenario,
      int rooms,
      int members,
      int senders,
      PaceOptions pace,
      CommonOptions common) {
    this.scenario = scenario;
    this.rooms = rooms;
    this.members = members;
    this.senders = senders;
    this.pace = pace;
    this.common = common;
  }

  int run() throws IOException {
    var load = Processes.loadAverage();
    try (var node = common.node()) {
      var seats = SetUp.seats(node.url(), rooms, members, List.of(Words.body(common.bodyBytes)));
      var ledger = new Ledger();
      try (var crowd = new Crowd(ledger, senders)) {
        crowd.connect(seats);
        var measuring = new Measuring(crowd, ledger, node::usage);
        var search = new Search(crowd, measuring, senders, SEARCH_SECONDS, SEARCH_STEPS);
        say("warming up for %d s", pace.warmUpSeconds);
        measuring.measure(pace.pace().orElse(search.window()), pace.warmUpSeconds);
        crowd.settle(SETTLE_NANOS);
        var chosen = pace.pace().orElse(null);
        if (chosen == null) chosen = search.highest();
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
            rooms,
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

  static void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
