package kith.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kith.bench.prove.FaultResult.Harm;
import kith.bench.prove.FaultResult.Machine;
import kith.bench.prove.FaultResult.Run;
import kith.bench.prove.ScaleTable.Cluster;
import kith.bench.prove.ScaleTable.Moved;
import kith.bench.prove.ScaleTable.Traffic;
import org.junit.jupiter.api.Test;

class ScaleTableTest {
  private static final long SEED = 703;

  private static final Cluster CLUSTER =
      new Cluster(
          Cluster.LINE,
          SEED,
          3,
          9.1,
          "-Xmx192m",
          new Traffic(10, 0, 1_000, 102_400, 1),
          new Traffic(20, 4_000, 14_000, 4_300_800, 12),
          List.of(310, 402, 350),
          30);

  @Test
  void medianAndP95AreOfMovedRoomsThatPostOftenAndWorstIsOfAllThatMoved() {
    var harm = harm(Map.of("busy", 400L, "busier", 600L, "rare", 900L, "stayed", 200L));
    var moved =
        new Moved(
            Moved.LINE, SEED, 1, "join", 31.5, Map.of("busy", 60L, "busier", 61L, "rare", 2L));

    assertThat(lines(harm, moved))
        .contains("| `join` | 3 | 31.5 s | 0.4 s | 0.6 s | 0.9 s | 0 | 0.2 s |");
  }

  @Test
  void aMovedRoomWithoutASilenceCountsAsNotSilent() {
    var harm = harm(Map.of("slow", 1_200L));
    var moved =
        new Moved(
            Moved.LINE, SEED, 1, "kill", 0, Map.of("quick", 60L, "quicker", 60L, "slow", 60L));

    assertThat(lines(harm, moved))
        .contains("| `kill` | 3 |  | 0.0 s | 1.2 s | 1.2 s | 1 | 0.0 s |");
  }

  @Test
  void theTrafficOfAnUnusedClusterDoesNotCountForMessages() {
    var moved = new Moved(Moved.LINE, SEED, 1, "calm", 0, Map.of());

    assertThat(lines(harm(Map.of()), moved))
        .contains("| `calm` | 0 |  |  |  |  | 0 | 0.0 s |")
        .anyMatch(line ->
            line.contains("for each of 200 messages/s: 3.0 packets, 1.0 KiB")
                && line.contains("100 packets/s, 10 KiB/s, 0.10 cores")
                && line.contains("310 to 402 MiB resident with -Xmx192m, 10.0 connections"));
  }

  @Test
  void resultsOfOtherRunsAreLeftOut() {
    var other = new Moved(Moved.LINE, SEED + 1, 1, "kill", 0, Map.of("room", 60L));

    assertThat(lines(harm(Map.of()), other)).noneMatch(line -> line.startsWith("| `"));
  }

  private static List<String> lines(Harm harm, Moved moved) {
    var run =
        new Run(
            Run.LINE,
            SEED,
            "KEPT",
            4,
            1,
            3_000,
            100,
            100,
            100,
            0,
            0,
            0,
            0,
            0,
            List.of(),
            new Machine(2, 1.5));
    return ScaleTable.lines(CLUSTER, List.of(moved), new FaultResult(List.of(harm), List.of(run)));
  }

  /// Of a window of 20 s.
  private static Harm harm(Map<String, Long> silences) {
    return new Harm(
        Harm.LINE,
        SEED,
        "kill",
        "what",
        1_000,
        21_000,
        0,
        0,
        0,
        silences.values().stream().mapToLong(it -> it).max().orElse(0),
        silences);
  }
}
