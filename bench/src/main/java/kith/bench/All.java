package kith.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs all scenarios against Kith and other servers, and prints one comparison.
@Command(
    name = "all",
    description =
        "Runs all scenarios, also against other servers and bare limits; takes less than 20 minutes.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class All implements Callable<Integer> {
  private static final List<Integer> CONNECTIONS = List.of(2_000, 10_000);
  private static final int CONNECTIONS_OF_OTHERS = 1_000;

  /// Longer than the 25 s after which a node pings a silent client.
  private static final int IDLE_SECONDS = 26;

  private static final int IDLE_SECONDS_OF_OTHERS = 8;

  /// The parts of the measurement. Only loads and idle connections are measured on other servers.
  enum Part {
    LOADS,
    IDLE,
    RECOVERY,
    NODES,
    JOURNAL
  }

  /// The servers to measure.
  enum Entrant {
    KITH,
    EJABBERD,
    SOCKETIO,
    SOCKETIO_EACH,
    BARE
  }

  @Option(
      names = "--of",
      split = ",",
      paramLabel = "ENTRANT",
      description = "Measures only these servers: ${COMPLETION-CANDIDATES}.")
  private Set<Entrant> entrants = EnumSet.allOf(Entrant.class);

  @Option(
      names = "--scenarios",
      split = ",",
      paramLabel = "SCENARIO",
      description = "Runs only these scenarios: ${COMPLETION-CANDIDATES}.")
  private Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);

  @Option(
      names = "--parts",
      split = ",",
      paramLabel = "PART",
      description = "Measures only these parts: ${COMPLETION-CANDIDATES}.")
  private Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(
      names = "--free",
      description = "All processes share all cores; by default the server has one core to itself.")
  private boolean isFree;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description =
          "Number of measurements; the table shows their median (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "Length of one measurement in seconds (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also writes all metrics to this file as JSON.")
  private Optional<Path> json = Optional.empty();

  private final Comparison results = new Comparison();

  private interface Start {
    Contender start(BenchDatabase database, Pinning pinning) throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    var pinning = isFree ? Pinning.NONE : Pinning.toOneCore();
    results.begins(pinning);
    pinning.others().ifPresent(cores -> Pinning.pin(ProcessHandle.current().pid(), cores));
    try (var database = BenchDatabase.start(pinning.others())) {
      for (var entrant : Entrant.values())
        if (entrants.contains(entrant)) measure(entrant, database, pinning);
    }
    results.print();
    if (json.isPresent()) results.write(json.get());
    return results.areAllKept() ? 0 : 1;
  }

  private void measure(Entrant entrant, BenchDatabase database, Pinning pinning)
      throws IOException {
    switch (entrant) {
      case KITH -> kith(database, pinning);
      case EJABBERD ->
          other(
              entrant,
              "ejabberd",
              Ejabberd.missing(),
              (its, pins) -> Ejabberd.start(its, pins.server()),
              database,
              pinning,
              withoutTheLargest());
      case SOCKETIO ->
          other(
              entrant,
              "Socket.IO, batches",
              SocketIo.missing(),
              (its, pins) -> SocketIo.start(its, pins, "batched"),
              database,
              pinning,
              withoutTheLargest());
      case SOCKETIO_EACH -> {
        var some = EnumSet.of(Scenario.B, Scenario.C);
        some.retainAll(scenarios);
        other(
            entrant,
            "Socket.IO, insert each",
            SocketIo.missing(),
            (its, pins) -> SocketIo.start(its, pins, "each"),
            database,
            pinning,
            some);
      }
      case BARE ->
          other(
              entrant,
              "bare Netty",
              Optional.empty(),
              (_, pins) -> Bare.start(pins.server()),
              database,
              pinning,
              withoutTheLargest());
    }
  }

  /// A room of 1,000 takes long to fill, so other servers are measured in it only on request.
  private Set<Scenario> withoutTheLargest() {
    return scenarios.size() < Scenario.values().length
        ? scenarios
        : EnumSet.complementOf(EnumSet.of(Scenario.A1000));
  }

  private void kith(BenchDatabase database, Pinning pinning) throws IOException {
    if (parts.contains(Part.IDLE)) idle(database, pinning);
    if (parts.contains(Part.LOADS) || parts.contains(Part.RECOVERY) || parts.contains(Part.JOURNAL))
      try (var kith = Kith.start(database, pinning.server(), 1)) {
        if (parts.contains(Part.LOADS)) loaded("Kith", kith, scenarios);
        if (parts.contains(Part.RECOVERY)) results.add(Recovery.measure(kith));
        if (parts.contains(Part.JOURNAL))
          for (int batch : List.of(10, 100, 1_000))
            results.add(JournalLimit.measure(database.url("kith"), batch));
      }
    if (parts.contains(Part.NODES))
      try (var kith = Kith.start(database, pinning.server(), 3)) {
        loaded("Kith, 3 nodes", kith, withoutTheLargest());
      }
  }

  private void idle(BenchDatabase database, Pinning pinning) throws IOException {
    for (int connections : CONNECTIONS) {
      var began = System.nanoTime();
      try (var kith = Kith.start(database, pinning.server(), 1)) {
        results.started((System.nanoTime() - began) / 1e9, kith.usage());
        results.add(IdleCost.measure("Kith", kith, kith.node().pid(), connections, IDLE_SECONDS));
      }
    }
  }

  private void other(
      Entrant entrant,
      String name,
      Optional<String> missing,
      Start start,
      BenchDatabase database,
      Pinning pinning,
      Set<Scenario> some)
      throws IOException {
    if (missing.isPresent()) {
      results.skipped(name, missing.get());
      return;
    }
    try {
      // while idle, both ways to insert are the same
      if (parts.contains(Part.IDLE) && entrant != Entrant.SOCKETIO_EACH)
        idle(name, start, database, pinning);
      if (parts.contains(Part.LOADS))
        try (var contender = start.start(database, pinning)) {
          loaded(name, contender, some);
        }
    } catch (BenchFailure fault) {
      // the results so far are still printed
      results.failed(name, String.valueOf(fault.getMessage()));
    }
  }

  private void idle(String name, Start start, BenchDatabase database, Pinning pinning)
      throws IOException {
    try (var contender = start.start(database, pinning)) {
      var noHeap = OptionalLong.empty();
      results.add(
          IdleCost.measure(name, contender, noHeap, CONNECTIONS_OF_OTHERS, IDLE_SECONDS_OF_OTHERS));
    }
  }

  private void loaded(String name, Contender contender, Set<Scenario> some) throws IOException {
    for (var scenario : new ArrayList<>(EnumSet.copyOf(some)))
      results.add(LoadResult.measure(name, contender, scenario, runs, seconds));
  }
}
