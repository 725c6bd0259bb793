package kith.bench.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;

/// The lines of a result file, from one or several runs.
record FaultResult(List<Harm> harms, List<Run> runs) {
  FaultResult {
    harms = List.copyOf(harms);
    runs = List.copyOf(runs);
  }

  /// A fault with its effect. Times are in milliseconds.
  ///
  /// @param harm the kind of the fault
  /// @param at time since the beginning of the run
  /// @param silence the longest silence of a room that began before the next fault
  /// @param silences the longest such silence of each room
  record Harm(
      String line,
      long seed,
      String harm,
      String what,
      long at,
      long until,
      long lost,
      long doubled,
      long outOfOrder,
      long silence,
      Map<String, Long> silences) {
    static final String LINE = "harm";
  }

  /// The result of a whole run, including losses and silences that belong to no fault.
  ///
  /// @param machine number of processors and load average at the end of the run
  record Run(
      String line,
      long seed,
      String outcome,
      double minutes,
      int nodes,
      int rooms,
      long written,
      long acknowledged,
      long deliveries,
      long lost,
      long doubled,
      long outOfOrder,
      long contradicted,
      long notDelivered,
      List<String> notCompared,
      Machine machine) {
    static final String LINE = "run";
  }

  record Machine(int processors, double load) {
    static Machine here() {
      var system = java.lang.management.ManagementFactory.getOperatingSystemMXBean();
      return new Machine(
          system.getAvailableProcessors(), Math.round(system.getSystemLoadAverage() * 10) / 10.0);
    }
  }

  private record Line(String line) {}

  static void append(Path file, Conclusion conclusion) throws IOException {
    var lines = new ArrayList<String>();
    for (var fault : conclusion.faults()) lines.add(Json.restText(harm(conclusion.seed(), fault)));
    lines.add(Json.restText(run(conclusion)));
    Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static Harm harm(long seed, Conclusion.Recovery fault) {
    return new Harm(
        Harm.LINE,
        seed,
        fault.kind(),
        fault.what(),
        fault.at(),
        fault.until(),
        fault.counts().getOrDefault(Violation.Kind.LOST, 0L),
        fault.counts().getOrDefault(Violation.Kind.DOUBLED, 0L),
        fault.counts().getOrDefault(Violation.Kind.DISORDERED, 0L),
        fault.longest(),
        fault.silences());
  }

  private static Run run(Conclusion of) {
    var verdict = of.verdict();
    return new Run(
        Run.LINE,
        of.seed(),
        of.outcome().name(),
        of.minutes(),
        of.nodes().size(),
        of.rooms(),
        verdict.written(),
        verdict.acknowledged(),
        of.deliveries(),
        verdict.count(Violation.Kind.LOST),
        verdict.count(Violation.Kind.DOUBLED),
        verdict.count(Violation.Kind.DISORDERED),
        verdict.count(Violation.Kind.CONTRADICTED),
        verdict.count(Violation.Kind.BEHIND),
        verdict.notCompared(),
        Machine.here());
  }

  static FaultResult read(List<Path> files) throws IOException {
    var harms = new ArrayList<Harm>();
    var runs = new ArrayList<Run>();
    for (var file : files)
      for (var line : Files.readAllLines(file))
        try {
          switch (Json.rest(line, Line.class).line()) {
            case Harm.LINE -> harms.add(Json.rest(line, Harm.class));
            case Run.LINE -> runs.add(Json.rest(line, Run.class));
            default -> {}
          }
        } catch (Malformed fault) {
          throw new IOException(file + " has a line that is no result of kith prove", fault);
        }
    return new FaultResult(harms, runs);
  }
}
