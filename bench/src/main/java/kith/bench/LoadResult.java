package kith.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The result of one contender in one scenario: several measurements at the highest rate that it
/// sustains, and one at a quarter of that rate.
record LoadResult(
    String contender,
    Scenario scenario,
    List<Metrics> runs,
    Metrics atAQuarter,
    Ledger.Verdict verdict) {

  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final int WARM_UP_SECONDS = 4;
  private static final int TRIAL_SECONDS = 3;
  private static final int HALVINGS = 2;
  private static final int ATTEMPTS = 8;
  private static final double LESS = 0.9;
  private static final int BODY_BYTES = 100;

  static LoadResult measure(
      String name, Contender contender, Scenario scenario, int runs, int seconds)
      throws IOException {
    RoomRun.print("%n%s, %s", name, scenario.label);
    var configs =
        contender.clientConfigs(scenario.rooms, scenario.members, MessageTemplate.body(BODY_BYTES));
    var ledger = new Ledger();
    try (var clients = new LoadClients(ledger, scenario.senders)) {
      clients.connect(configs);
      var meter = new Meter(clients, ledger, contender::usage);
      var search = new Search(clients, meter, scenario.senders, TRIAL_SECONDS, HALVINGS);
      meter.measure(search.window(), WARM_UP_SECONDS);
      clients.settle(SETTLE_NANOS);
      double rate = search.highest().perSecond();
      var metrics = measured(clients, meter, rate, runs, seconds);
      // a trial is short; if the rate is not sustained, a lower one is measured
      for (int attempt = 1; attempt < ATTEMPTS && !areSustained(metrics); attempt++) {
        rate *= LESS;
        metrics = measured(clients, meter, rate, runs, seconds);
      }
      var quarter = measured(clients, meter, rate / 4, 1, seconds).getFirst();
      return new LoadResult(name, scenario, metrics, quarter, ledger.verdict(clients.unseen()));
    }
  }

  private static List<Metrics> measured(
      LoadClients clients, Meter meter, double rate, int runs, int seconds) throws IOException {
    var metrics = new ArrayList<Metrics>();
    int notSustained = 0;
    // if most runs fail, further runs cannot change the result
    for (int run = 0; run < runs && 2 * notSustained <= runs; run++) {
      var one = meter.measure(new SendSchedule.Rate(rate), seconds);
      if (!Search.isSustained(one)) notSustained++;
      metrics.add(one);
      clients.settle(SETTLE_NANOS);
    }
    return metrics;
  }

  private static boolean areSustained(List<Metrics> metrics) {
    return 2 * metrics.stream().filter(Search::isSustained).count() > metrics.size();
  }

  double median(Metric metric) {
    var sorted = Metrics.sorted(metric, runs);
    return sorted.length == 0 ? Double.NaN : Metrics.median(sorted);
  }

  /// CPU seconds of the server per million deliveries.
  double serverSecondsPerMillion() {
    return 1e6 * median(Metric.NODE_CORES) / median(Metric.DELIVERED);
  }

  /// CPU microseconds of PostgreSQL per message.
  double databaseMicrosPerMessage() {
    return 1e6 * median(Metric.POSTGRES_CORES) / median(Metric.ACCEPTED);
  }
}
