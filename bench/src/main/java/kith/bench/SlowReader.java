package kith.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import kith.protocol.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One member of a busy room stops reading for a while, then reads on.
@Command(
    name = "slow-reader",
    description =
        "One member stops reading for a while; then it must receive everything, in order.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SlowReader implements Callable<Integer> {
  private static final int SLOW = 1;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Messages per second in the room (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--pause",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long one member stops reading (default: ${DEFAULT-VALUE}).")
  private int pauseSeconds;

  @Option(
      names = "--members",
      defaultValue = "5",
      description = "Number of members (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--sample",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Interval between measurements of the node's heap (default: ${DEFAULT-VALUE}).")
  private int sampleSeconds;

  @Mixin private CommonOptions common = new CommonOptions();

  /// The JSON file.
  record Written(
      String scenario,
      double rate,
      int pauseSeconds,
      long missed,
      double caughtUpSeconds,
      List<HeapProbe.Sample> heap,
      boolean kept,
      Ledger.Verdict verdict) {}

  @Override
  public Integer call() throws IOException {
    try (var node = common.node()) {
      var room = SetUp.room(node.url(), Math.max(2, members));
      var ledger = new Ledger();
      try (var clients = new LoadClients(ledger, 1)) {
        clients.willReadSlowly(SLOW);
        clients.connect(room.clientConfigs(List.of(MessageTemplate.body(common.bodyBytes))));
        return watch(clients, ledger, node);
      }
    }
  }

  private int watch(LoadClients clients, Ledger ledger, NodeUnderTest node) throws IOException {
    var pid = node.pid().orElseThrow(() -> new BenchFailure("With --url, also give --node-pid."));
    RoomRun.print("warming up for 15 s");
    clients.run(new SendSchedule.Rate(rate), TimeUnit.SECONDS.toNanos(15), () -> false);
    var slow = clients.client(SLOW);
    RoomRun.print("one member stops reading for %d s at %.0f messages/s", pauseSeconds, rate);
    slow.pause();
    List<HeapProbe.Sample> heap;
    try (var probe = HeapProbe.every(sampleSeconds, pid)) {
      clients.run(new SendSchedule.Rate(rate), TimeUnit.SECONDS.toNanos(pauseSeconds), () -> false);
      heap = probe.samples();
    }
    var missed = clients.unseen();
    slow.resume();
    var began = System.nanoTime();
    clients.settle(TimeUnit.SECONDS.toNanos(120));
    return report(
        ledger.verdict(clients.unseen()), heap, missed, (System.nanoTime() - began) / 1e9);
  }

  private int report(
      Ledger.Verdict verdict, List<HeapProbe.Sample> heap, long missed, double caughtUp)
      throws IOException {
    var most = heap.stream().mapToDouble(HeapProbe.Sample::heapMiB).max().orElse(0);
    RoomRun.print("");
    RoomRun.print("slow-reader: missed %d entries, received them all in %.1f s", missed, caughtUp);
    if (!heap.isEmpty())
      RoomRun.print(
          "heap after collections: first %.1f MiB, last %.1f MiB, max %.1f MiB (%d samples)",
          heap.getFirst().heapMiB(), heap.getLast().heapMiB(), most, heap.size());
    Report.print(verdict);
    if (common.json.isPresent())
      Files.writeString(
          common.json.get(),
          Json.restText(
                  new Written(
                      "slow-reader",
                      rate,
                      pauseSeconds,
                      missed,
                      caughtUp,
                      heap,
                      verdict.isKept(),
                      verdict))
              + "\n");
    return verdict.isKept() ? 0 : 1;
  }
}
