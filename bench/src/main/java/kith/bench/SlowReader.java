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

/// A room that goes on while one of its members does not read, and then reads on.
@Command(
    name = "slow-reader",
    description = "One member reads nothing for a while; then it must get everything, in order.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SlowReader implements Callable<Integer> {
  private static final int SLOW = 1;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Messages a second in the room (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--pause",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long one member reads nothing (default: ${DEFAULT-VALUE}).")
  private int pauseSeconds;

  @Option(
      names = "--members",
      defaultValue = "5",
      description = "Members of the room (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--sample",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How often the node's heap is looked at (default: ${DEFAULT-VALUE}).")
  private int sampleSeconds;

  @Mixin private CommonOptions common = new CommonOptions();

  /// The form it has in a file.
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
      try (var crowd = new Crowd(ledger, 1)) {
        crowd.willReadSlowly(SLOW);
        crowd.connect(room.seats(List.of(Words.body(common.bodyBytes))));
        return watch(crowd, ledger, node);
      }
    }
  }

  private int watch(Crowd crowd, Ledger ledger, NodeUnderTest node) throws IOException {
    var pid = node.pid().orElseThrow(() -> new BenchFailure("Give the node's --node-pid, too."));
    RoomRun.say("warming up for 15 s");
    crowd.run(new Pace.Rate(rate), TimeUnit.SECONDS.toNanos(15), () -> false);
    var slow = crowd.peer(SLOW);
    RoomRun.say("one member reads nothing for %d s of %.0f messages/s", pauseSeconds, rate);
    slow.pause();
    List<HeapProbe.Sample> heap;
    try (var probe = HeapProbe.every(sampleSeconds, pid)) {
      crowd.run(new Pace.Rate(rate), TimeUnit.SECONDS.toNanos(pauseSeconds), () -> false);
      heap = probe.samples();
    }
    var missed = crowd.unseen();
    slow.resume();
    var began = System.nanoTime();
    crowd.settle(TimeUnit.SECONDS.toNanos(120));
    return report(ledger.verdict(crowd.unseen()), heap, missed, (System.nanoTime() - began) / 1e9);
  }

  private int report(
      Ledger.Verdict verdict, List<HeapProbe.Sample> heap, long missed, double caughtUp)
      throws IOException {
    var most = heap.stream().mapToDouble(HeapProbe.Sample::heapMiB).max().orElse(0);
    RoomRun.say("");
    RoomRun.say("slow-reader: missed %d entries, had them all after %.1f s", missed, caughtUp);
    if (!heap.isEmpty())
      RoomRun.say(
          "heap after collections: first %.1f MiB, last %.1f MiB, most %.1f MiB (%d looks)",
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
