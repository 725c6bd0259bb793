package kith.bench.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `kith bench scale-table`: makes a table for each cluster of `bench/faults/scale`.
@Command(
    name = "scale-table",
    description =
        "Makes a Markdown table for each cluster in the files that bench/faults/scale wrote: how"
            + " many rooms moved when a node came or went, how long they were silent, and what"
            + " passed between the nodes.",
    mixinStandardHelpOptions = true)
public final class ScaleTable implements Callable<Integer> {
  /// A room that posts as often as this shows how long it was silent; another one may have had
  /// nothing to post meanwhile.
  private static final double WATCHED_PER_SECOND = 1;

  /// The target for each room when a node joins or is drained.
  private static final long LONG = 1_000;

  @Parameters(arity = "1..*", paramLabel = "FILE")
  private List<Path> files = List.of();

  /// A cluster, with the seed of the run of `kith prove` on it.
  ///
  /// @param formed seconds from the start of all nodes until the last was ready
  /// @param quiet a time in which nobody used the cluster
  /// @param calm a time in which all rooms were used and no node came or went
  /// @param memory resident memory of each node in MiB, after the calm time
  /// @param connections connections of all nodes to PostgreSQL
  record Cluster(
      String line,
      long seed,
      int nodes,
      double formed,
      String heap,
      Traffic quiet,
      Traffic calm,
      List<Integer> memory,
      int connections) {
    static final String LINE = "cluster";
  }

  /// The traffic between the nodes, all together.
  ///
  /// @param messages posts that were committed
  /// @param cpu seconds of the nodes' CPU time
  record Traffic(double seconds, long messages, long packets, long bytes, double cpu) {}

  /// The rooms that moved after one of the faults of the run.
  ///
  /// @param number of the fault, from 1
  /// @param took seconds until the joining node had its share, or the drained one had ended; else 0
  /// @param posts by room, the posts that it committed before the next fault
  record Moved(
      String line, long seed, int number, String harm, double took, Map<String, Long> posts) {
    static final String LINE = "moved";
  }

  private record Line(String line) {}

  @Override
  public Integer call() throws IOException {
    var clusters = read(Cluster.LINE, Cluster.class);
    var moved = read(Moved.LINE, Moved.class);
    var results = FaultResult.read(files);
    for (var cluster : clusters) lines(cluster, moved, results).forEach(System.out::println);
    return 0;
  }

  private <T> List<T> read(String kind, Class<T> type) throws IOException {
    var found = new ArrayList<T>();
    for (var file : files)
      for (var line : Files.readAllLines(file))
        try {
          if (Json.rest(line, Line.class).line().equals(kind)) found.add(Json.rest(line, type));
        } catch (Malformed fault) {
          throw new IOException(
              file + " has a line that is no result of bench/faults/scale", fault);
        }
    return found;
  }

  static List<String> lines(Cluster cluster, List<Moved> moved, FaultResult results) {
    var lines = new ArrayList<String>();
    var run =
        results.runs().stream().filter(it -> it.seed() == cluster.seed()).findFirst().orElse(null);
    var harms = results.harms().stream().filter(it -> it.seed() == cluster.seed()).toList();
    lines.add(
        "| %d nodes%s | rooms that moved | took | silence: median | p95 | worst | over 1 s | worst of the others |"
            .formatted(cluster.nodes(), run == null ? "" : ", %,d rooms".formatted(run.rooms())));
    lines.add("|---|---:|---:|---:|---:|---:|---:|---:|");
    for (int i = 0; i < harms.size(); i++) {
      int number = i + 1;
      var its =
          moved.stream()
              .filter(it -> it.seed() == cluster.seed() && it.number() == number)
              .findFirst();
      if (its.isPresent()) lines.add(row(harms.get(i), its.get()));
    }
    lines.add("");
    lines.add(summary(cluster));
    if (run != null) lines.add(verdict(run));
    lines.add("");
    return lines;
  }

  private static String row(FaultResult.Harm harm, Moved moved) {
    double seconds = (harm.until() - harm.at()) / 1_000.0;
    Predicate<String> isWatched =
        room -> moved.posts().getOrDefault(room, 0L) >= WATCHED_PER_SECOND * seconds;
    var rooms = moved.posts().keySet();
    var watched = silences(harm, rooms.stream().filter(isWatched).toList());
    var all = silences(harm, List.copyOf(rooms));
    var others =
        harm.silences().entrySet().stream()
            .filter(it -> !rooms.contains(it.getKey()))
            .mapToLong(Map.Entry::getValue);
    return Arrays.asList(
            "`" + moved.harm() + "`",
            "%,d".formatted(rooms.size()),
            moved.took() == 0 ? "" : String.format(Locale.ROOT, "%.1f s", moved.took()),
            watched.length == 0 ? "" : Output.seconds(FaultTable.percentile(watched, 50)),
            watched.length == 0 ? "" : Output.seconds(FaultTable.percentile(watched, 95)),
            rooms.isEmpty() ? "" : Output.seconds(FaultTable.percentile(all, 100)),
            Long.toString(LongStream.of(all).filter(silence -> silence > LONG).count()),
            Output.seconds(others.max().orElse(0)))
        .stream()
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /// A room that is missing in the result had no post that waited.
  private static long[] silences(FaultResult.Harm harm, List<String> rooms) {
    return rooms.stream()
        .mapToLong(room -> harm.silences().getOrDefault(room, 0L))
        .sorted()
        .toArray();
  }

  private static String summary(Cluster cluster) {
    var quiet = cluster.quiet();
    var calm = cluster.calm();
    double messages = Math.max(1, calm.messages());
    double unused = calm.seconds() / quiet.seconds();
    return String.format(
        Locale.ROOT,
        "Formed in %.1f s. Between the nodes for each of %.0f messages/s: %.1f packets, %.1f KiB;"
            + " unused, all together: %.0f packets/s, %.0f KiB/s, %.2f cores. A node: %d to %d MiB"
            + " resident with %s, %.1f connections to PostgreSQL, %.2f cores at this load.",
        cluster.formed(),
        calm.messages() / calm.seconds(),
        (calm.packets() - quiet.packets() * unused) / messages,
        (calm.bytes() - quiet.bytes() * unused) / messages / 1024,
        quiet.packets() / quiet.seconds(),
        quiet.bytes() / quiet.seconds() / 1024,
        quiet.cpu() / quiet.seconds(),
        cluster.memory().stream().min(Integer::compare).orElse(0),
        cluster.memory().stream().max(Integer::compare).orElse(0),
        cluster.heap(),
        cluster.connections() / (double) cluster.nodes(),
        calm.cpu() / calm.seconds() / cluster.nodes());
  }

  private static String verdict(FaultResult.Run run) {
    return String.format(
        Locale.ROOT,
        "Seed %d, %s: %,d of %,d messages acknowledged, %d lost, %d doubled, %d out of order, %d"
            + " contradicted. Machine: %d processors; load average at the end %s.",
        run.seed(),
        run.outcome().replace('_', ' '),
        run.acknowledged(),
        run.written(),
        run.lost(),
        run.doubled(),
        run.outOfOrder(),
        run.contradicted(),
        run.machine().processors(),
        run.machine().load());
  }
}
