package kith.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kith.bench.prove.FaultResult.Harm;
import kith.bench.prove.FaultResult.Machine;
import kith.bench.prove.FaultResult.Run;
import kith.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultTableTest {
  @Test
  void eachKindHasARowWithItsSilences() {
    var table =
        table(List.of(harm("kill", 0, 5_000), harm("kill", 0, 4_000), harm("cut", 0, 900)), run(0));

    assertThat(table)
        .contains(
            "| `cut` | 1 | 0 | 0 | 0 | 0.9 s | 0.9 s | 0.9 s |",
            "| `kill` | 2 | 0 | 0 | 0 | 4.0 s | 5.0 s | 5.0 s |",
            "| **all** | 3 | 0 | 0 | 0 | 4.0 s | 5.0 s | 5.0 s |");
  }

  @Test
  void aLossWithoutATimeIsInARowOfItsOwn() {
    var table = table(List.of(harm("kill", 1, 100)), run(3));

    assertThat(table)
        .contains("| any time |  | 2 | 0 | 0 |  |  |  |")
        .anyMatch(line -> line.startsWith("| **all** | 1 | 3 |"));
  }

  @Test
  void aRunThatProvedNothingIsNamed() {
    var unproven =
        new Run(
            Run.LINE,
            7,
            "NOT_PROVEN",
            1,
            3,
            2,
            10,
            9,
            8,
            0,
            0,
            0,
            0,
            0,
            List.of("attic"),
            new Machine(2, 1.5));

    assertThat(table(List.of(), unproven))
        .contains("The run with seed 7 ended with NOT PROVEN, without comparing attic.");
  }

  @Test
  void percentilesAreValuesThatOccurred() {
    var values = new long[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    assertThat(FaultTable.percentile(values, 50)).isEqualTo(5);
    assertThat(FaultTable.percentile(values, 95)).isEqualTo(10);
    assertThat(FaultTable.percentile(new long[0], 50)).isZero();
  }

  @Test
  void theFilesOfSeveralRunsAreJoined(@TempDir Path directory) throws IOException {
    var one = directory.resolve("one");
    var two = directory.resolve("two");
    Files.write(one, List.of(Json.restText(harm("kill", 0, 1)), Json.restText(run(0))));
    Files.write(two, List.of(Json.restText(harm("cut", 0, 2)), Json.restText(run(0))));

    var all = FaultResult.read(List.of(one, two));

    assertThat(all.harms()).containsExactly(harm("kill", 0, 1), harm("cut", 0, 2));
    assertThat(all.runs()).hasSize(2);
  }

  @Test
  void aSilenceAndALossBelongToTheFaultBeforeThem() {
    var faults =
        List.of(
            new InjectedFault("kill", "kill -9 n1", 10_000), InjectedFault.of("cut: n2", 30_000));
    var windows =
        List.of(
            new Silences.Window("lobby", 10_100, 15_000),
            new Silences.Window("attic", 30_500, 30_700));
    var lost = new Violation(Violation.Kind.LOST, "lobby", OptionalLong.of(31_000), "");

    var recoveries = Conclusion.recoveries(faults, windows, List.of(lost), 60_000);

    assertThat(recoveries.getFirst().silences()).isEqualTo(Map.of("lobby", 4_900L));
    assertThat(recoveries.getFirst().counts()).isEmpty();
    assertThat(recoveries.getLast().kind()).isEqualTo("cut");
    assertThat(recoveries.getLast().longest()).isEqualTo(200);
    assertThat(recoveries.getLast().roomsSilent()).isZero();
    assertThat(recoveries.getLast().counts()).isEqualTo(Map.of(Violation.Kind.LOST, 1L));
  }

  private static List<String> table(List<Harm> harms, Run run) {
    return FaultTable.lines(new FaultResult(harms, List.of(run)));
  }

  private static Harm harm(String kind, long lost, long silence) {
    return new Harm(Harm.LINE, 7, kind, kind, 0, 1, lost, 0, 0, silence, Map.of());
  }

  private static Run run(long lost) {
    return new Run(
        Run.LINE, 7, "KEPT", 1, 3, 2, 10, 10, 8, lost, 0, 0, 0, 0, List.of(), new Machine(2, 1.5));
  }
}
