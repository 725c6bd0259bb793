package kith.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import kith.bench.HookReceiver.Manner;
import kith.protocol.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A busy room whose webhooks have receivers that hang, fail, are slow, or come back.
@Command(
    name = "couriers",
    description =
        "Measures messages in a room, and the memory of the node, while receivers of its webhooks"
            + " hang, answer 500, are slow, or catch up after they were away.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CourierLoad implements Callable<Integer> {
  private static final String SETTINGS =
      """
      kith {
        couriers { private-networks = ["127.0.0.0/8"], targets = 10000 }
        webhooks.per-room = 1000
      }
      """;

  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "Messages per second in the room (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--members",
      defaultValue = "20",
      description = "Number of members (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--receivers",
      defaultValue = "20",
      description = "Receivers that hang, fail or are slow (default: ${DEFAULT-VALUE}).")
  private int receivers;

  @Option(
      names = "--backlog",
      paramLabel = "ENTRIES",
      defaultValue = "20000",
      description =
          "Entries that the receiver that was away catches up with (default: ${DEFAULT-VALUE}).")
  private int backlog;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Length of each measurement in seconds (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private CommonOptions common = new CommonOptions();

  /// One measurement.
  ///
  /// @param p50 and `p99` from sending a message to its receipt by the others, in milliseconds
  /// @param requests to receivers in this time
  record Phase(
      String receivers,
      double p50,
      double p99,
      double nodeCores,
      double heapMiB,
      double residentMiB,
      long requests) {}

  /// The JSON file.
  record Written(
      String scenario,
      double rate,
      int members,
      int receivers,
      List<Phase> phases,
      DeliveredEntries.Count caughtUp,
      double caughtUpSeconds,
      boolean kept,
      Ledger.Verdict verdict) {}

  private final List<Phase> phases = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    try (var node = common.node(SETTINGS);
        var setUp = new SetUp(node.url())) {
      var all = setUp.members(members);
      var room = setUp.room(all);
      var target = SetUp.target(node.url(), room);
      var bodies = List.of(MessageTemplate.body(common.bodyBytes));
      var ledger = new Ledger();
      try (var clients = new LoadClients(ledger, 1)) {
        clients.connect(all.stream().map(it -> SetUp.clientConfig(target, 0, it, bodies)).toList());
        var hooks = new RoomHooks(setUp, all.getFirst(), room);
        var meter = new Meter(clients, ledger, node::usage);
        RoomRun.print("warming up for %d s at %.0f messages/s", seconds, rate);
        meter.measure(new SendSchedule.Rate(rate), seconds);
        measure("none", node, meter, Optional.empty());
        for (var manner : List.of(Manner.HANGS, Manner.FAILS, Manner.SLOW))
          measure(manner, node, meter, hooks);
        return catchUp(node, clients, meter, hooks, ledger);
      }
    }
  }

  private void measure(Manner manner, NodeUnderTest node, Meter meter, RoomHooks hooks)
      throws IOException {
    try (var receiver = new HookReceiver(manner)) {
      for (int i = 0; i < receivers; i++) hooks.add(receiver.url(i));
      // until circuits are open and times between attempts have grown
      meter.measure(new SendSchedule.Rate(rate), seconds);
      measure(receivers + " " + word(manner), node, meter, Optional.of(receiver));
      hooks.removeAll();
    }
  }

  private static String word(Manner manner) {
    return switch (manner) {
      case HANGS -> "that hang";
      case FAILS -> "that answer 500";
      case SLOW -> "that take a second";
      case AWAY -> "that are away";
      case PROMPT -> "that answer";
    };
  }

  private void measure(
      String name, NodeUnderTest node, Meter meter, Optional<HookReceiver> receiver)
      throws IOException {
    var pid = node.pid().orElseThrow(() -> new BenchFailure("With --url, also give --node-pid."));
    var before = receiver.map(HookReceiver::requests).orElse(0L);
    var metrics = meter.measure(new SendSchedule.Rate(rate), seconds);
    var requests = receiver.map(HookReceiver::requests).orElse(0L) - before;
    var heap = HeapProbe.now(pid);
    var phase =
        new Phase(
            name,
            metrics.get(Metric.DELIVERY_P50),
            metrics.get(Metric.DELIVERY_P99),
            metrics.has(Metric.NODE_CORES) ? metrics.get(Metric.NODE_CORES) : Double.NaN,
            heap.heapMiB(),
            heap.residentMiB(),
            requests);
    phases.add(phase);
    print(phase);
  }

  private static void print(Phase phase) {
    RoomRun.print(
        "%-28s p50 %6.1f ms  p99 %6.1f ms  node %.2f cores, heap %.1f MiB, resident %.0f MiB,"
            + " %d requests",
        phase.receivers(),
        phase.p50(),
        phase.p99(),
        phase.nodeCores(),
        phase.heapMiB(),
        phase.residentMiB(),
        phase.requests());
  }

  private int catchUp(
      NodeUnderTest node, LoadClients clients, Meter meter, RoomHooks hooks, Ledger ledger)
      throws IOException {
    try (var receiver = new HookReceiver(Manner.AWAY)) {
      var hook = hooks.add(receiver.url(0));
      RoomRun.print("%,d entries while a receiver is away", backlog);
      var sent = ledger.verdict(clients.unseen()).sent();
      clients.run(
          new SendSchedule.Rate(Math.max(rate, 500)),
          TimeUnit.MINUTES.toNanos(10),
          () -> ledger.verdict(0).sent() - sent >= backlog);
      clients.settle(SETTLE_NANOS);
      var last = clients.client(0).seq();
      var began = System.nanoTime();
      receiver.becomes(Manner.PROMPT);
      hooks.restart(hook);
      measure("1 that catches up", node, meter, Optional.of(receiver));
      // the messages that were posted meanwhile count, too
      clients.run(
          new SendSchedule.None(),
          TimeUnit.HOURS.toNanos(1),
          () -> receiver.delivered().last() >= last);
      var time = (System.nanoTime() - began) / 1e9;
      return report(receiver.delivered(), last, time, ledger.verdict(clients.unseen()));
    }
  }

  private int report(DeliveredEntries.Count count, long last, double time, Ledger.Verdict verdict)
      throws IOException {
    var isKept = verdict.isKept() && count.isWhole() && count.last() >= last;
    RoomRun.print("");
    RoomRun.print("%.0f messages/s, %d members", rate, members);
    phases.forEach(CourierLoad::print);
    RoomRun.print(
        "caught up with entry %d in %.1f s: %d entries delivered, %d again, %d missing, %d out of"
            + " order",
        last, time, count.entries(), count.repeated(), count.missing(), count.disordered());
    Report.print(verdict);
    if (common.json.isPresent())
      Files.writeString(
          common.json.get(),
          Json.restText(
                  new Written(
                      "couriers", rate, members, receivers, phases, count, time, isKept, verdict))
              + "\n");
    return isKept ? 0 : 1;
  }
}
