package kith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Loads rooms, measures them several times, and checks all deliveries: the common part of
/// `hot-room`, `fan-out` and `many-rooms`.
final class RoomRun {
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int SEARCH_HALVINGS = 3;
  private static final int SEARCH_SECONDS = 8;

  private final String scenario;
  private final int rooms;
  private final int members;
  private final int senders;
  private final ScheduleOptions schedule;
  private final CommonOptions common;

  /// @param members of each room
  /// @param senders in all rooms together
  RoomRun(
      String scenario,
      int rooms,
      int members,
      int senders,
      ScheduleOptions schedule,
      CommonOptions common) {
    this.scenario = scenario;
    this.rooms = rooms;
    this.members = members;
    this.senders = senders;
    this.schedule = schedule;
    this.common = common;
  }

  int run() throws IOException {
    var load = Processes.loadAverage();
    try (var node = common.node()) {
      var configs =
          SetUp.clientConfigs(
              node.url(), rooms, members, List.of(MessageTemplate.body(common.bodyBytes)));
      var ledger = new Ledger();
      try (var clients = new LoadClients(ledger, senders)) {
        clients.connect(configs);
        var meter = new Meter(clients, ledger, node::usage);
        var search = new Search(clients, meter, senders, SEARCH_SECONDS, SEARCH_HALVINGS);
        print("warming up for %d s", schedule.warmUpSeconds);
        meter.measure(schedule.schedule().orElse(search.window()), schedule.warmUpSeconds);
        clients.settle(SETTLE_NANOS);
        var chosen = schedule.schedule().orElse(null);
        if (chosen == null) chosen = search.highest();
        var metrics = new ArrayList<Metrics>();
        for (int run = 1; run <= schedule.runs; run++) {
          print("run %d of %d: %s", run, schedule.runs, chosen);
          metrics.add(meter.measure(chosen, schedule.seconds));
          clients.settle(SETTLE_NANOS);
        }
        return report(chosen, metrics, ledger.verdict(clients.unseen()), load);
      }
    }
  }

  private int report(
      SendSchedule chosen, List<Metrics> metrics, Ledger.Verdict verdict, double load)
      throws IOException {
    var report =
        new Report(
            scenario,
            rooms,
            members,
            senders,
            common.bodyBytes,
            chosen.toString(),
            schedule.seconds,
            load,
            metrics,
            verdict);
    report.print();
    if (common.json.isPresent()) report.write(common.json.get());
    return verdict.isKept() ? 0 : 1;
  }

  static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
