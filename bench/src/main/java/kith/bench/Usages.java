package kith.bench;

import java.util.Map;
import java.util.Optional;

/// What the node, its PostgreSQL, this driver and the whole machine have used so far.
record Usages(
    Optional<Processes.Usage> node,
    Optional<Processes.Usage> postgres,
    Optional<Processes.Usage> driver,
    Optional<Processes.Usage> machine) {

  static Usages now(Optional<Processes.Usage> node, Optional<Processes.Usage> postgres) {
    return new Usages(
        node, postgres, Processes.of(ProcessHandle.current().pid()), Processes.machine());
  }

  /// The CPU time used since `before`, and the memory of now.
  Usages since(Usages before) {
    return new Usages(
        since(node, before.node),
        since(postgres, before.postgres),
        since(driver, before.driver),
        since(machine, before.machine));
  }

  private static Optional<Processes.Usage> since(
      Optional<Processes.Usage> now, Optional<Processes.Usage> before) {
    return now.flatMap(it -> before.map(it::minus));
  }

  void into(Map<Figure, Double> values, double seconds) {
    put(values, node, seconds, Figure.NODE_CORES, Figure.NODE_RESIDENT);
    put(values, postgres, seconds, Figure.POSTGRES_CORES, Figure.POSTGRES_RESIDENT);
    put(values, driver, seconds, Figure.DRIVER_CORES, Figure.DRIVER_RESIDENT);
    if (node.isPresent() && postgres.isPresent() && driver.isPresent())
      machine
          .map(all -> all.minus(node.get()).minus(postgres.get()).minus(driver.get()))
          .ifPresent(it -> values.put(Figure.OTHERS_CORES, it.cpuSeconds() / seconds));
  }

  private static void put(
      Map<Figure, Double> values,
      Optional<Processes.Usage> usage,
      double seconds,
      Figure cores,
      Figure resident) {
    usage.ifPresent(it -> {
      values.put(cores, it.cpuSeconds() / seconds);
      values.put(resident, it.residentMiB());
    });
  }
}
