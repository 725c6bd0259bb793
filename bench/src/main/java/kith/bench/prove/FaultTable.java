package kith.bench.prove;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `kith bench fault-table`: makes one table of the results of several runs of `kith prove`.
@Command(
    name = "fault-table",
    description =
        "Makes one Markdown table of the files that kith prove --results wrote: for each kind of"
            + " fault how often it was caused, the broken promises, and how long rooms were silent.",
    mixinStandardHelpOptions = true)
public final class FaultTable implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    lines(FaultResult.read(files)).forEach(System.out::println);
    return 0;
  }

  /// A silence of a fault is the longest of all rooms; median, p95 and worst are of these. A broken
  /// promise without a causing fault is in the row `any time`.
  static List<String> lines(FaultResult results) {
    var byKind =
        results.harms().stream()
            .collect(
                Collectors.groupingBy(FaultResult.Harm::harm, TreeMap::new, Collectors.toList()));
    var lines = new ArrayList<String>();
    lines.add("| harm | count | lost | doubled | out of order | silence: median | p95 | worst |");
    lines.add("|---|---:|---:|---:|---:|---:|---:|---:|");
    byKind.forEach((kind, harms) -> lines.add(row("`" + kind + "`", harms)));
    lines.add(unattributed(results));
    lines.add(total(results));
    lines.add("");
    lines.addAll(summary(results.runs()));
    return lines;
  }

  private static String row(String name, List<FaultResult.Harm> harms) {
    var silences = harms.stream().mapToLong(FaultResult.Harm::silence).sorted().toArray();
    return cells(
        name,
        Integer.toString(harms.size()),
        Long.toString(harms.stream().mapToLong(FaultResult.Harm::lost).sum()),
        Long.toString(harms.stream().mapToLong(FaultResult.Harm::doubled).sum()),
        Long.toString(harms.stream().mapToLong(FaultResult.Harm::outOfOrder).sum()),
        Output.seconds(percentile(silences, 50)),
        Output.seconds(percentile(silences, 95)),
        Output.seconds(percentile(silences, 100)));
  }

  private static String unattributed(FaultResult results) {
    var harms = results.harms();
    var runs = results.runs();
    return cells(
        "any time",
        "",
        Long.toString(
            runs.stream().mapToLong(FaultResult.Run::lost).sum()
                - harms.stream().mapToLong(FaultResult.Harm::lost).sum()),
        Long.toString(
            runs.stream().mapToLong(FaultResult.Run::doubled).sum()
                - harms.stream().mapToLong(FaultResult.Harm::doubled).sum()),
        Long.toString(
            runs.stream().mapToLong(FaultResult.Run::outOfOrder).sum()
                - harms.stream().mapToLong(FaultResult.Harm::outOfOrder).sum()),
        "",
        "",
        "");
  }

  private static String total(FaultResult results) {
    var silences = results.harms().stream().mapToLong(FaultResult.Harm::silence).sorted().toArray();
    var runs = results.runs();
    return cells(
        "**all**",
        Integer.toString(silences.length),
        Long.toString(runs.stream().mapToLong(FaultResult.Run::lost).sum()),
        Long.toString(runs.stream().mapToLong(FaultResult.Run::doubled).sum()),
        Long.toString(runs.stream().mapToLong(FaultResult.Run::outOfOrder).sum()),
        Output.seconds(percentile(silences, 50)),
        Output.seconds(percentile(silences, 95)),
        Output.seconds(percentile(silences, 100)));
  }

  private static String cells(String... cells) {
    return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |"));
  }

  /// The smallest value that is not below `percent` percent of the sorted values.
  static long percentile(long[] sorted, int percent) {
    if (sorted.length == 0) return 0;
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
  }

  private static List<String> summary(List<FaultResult.Run> runs) {
    var lines = new ArrayList<String>();
    lines.add(
        "Seeds %s: %s minutes; %,d of %,d messages acknowledged, %,d deliveries compared; contradicted %d, not delivered %d."
            .formatted(
                runs.stream()
                    .map(run -> Long.toString(run.seed()))
                    .collect(Collectors.joining(", ")),
                String.format(
                    Locale.ROOT, "%.0f", runs.stream().mapToDouble(FaultResult.Run::minutes).sum()),
                runs.stream().mapToLong(FaultResult.Run::acknowledged).sum(),
                runs.stream().mapToLong(FaultResult.Run::written).sum(),
                runs.stream().mapToLong(FaultResult.Run::deliveries).sum(),
                runs.stream().mapToLong(FaultResult.Run::contradicted).sum(),
                runs.stream().mapToLong(FaultResult.Run::notDelivered).sum()));
    for (var run : runs)
      if (!run.outcome().equals(Conclusion.Outcome.KEPT.name()))
        lines.add(
            "The run with seed %d ended with %s%s."
                .formatted(
                    run.seed(),
                    run.outcome().replace('_', ' '),
                    run.notCompared().isEmpty()
                        ? ""
                        : ", without comparing " + String.join(", ", run.notCompared())));
    lines.add(
        "Machine: %s processors; load average at the end of the runs %s."
            .formatted(
                runs.stream()
                    .map(run -> Integer.toString(run.machine().processors()))
                    .distinct()
                    .collect(Collectors.joining(" or ")),
                runs.stream()
                    .map(run -> Double.toString(run.machine().load()))
                    .collect(Collectors.joining(", "))));
    return lines;
  }
}
