package kith.bench;

import java.util.Map;
import java.util.Optional;

/// CPU time and memory of the node, its PostgreSQL, this driver and the whole machine.
record ResourceUsage(
    Optional<Processes.Usage> node,
    Optional<Processes.Usage> postgres,
    Optional<Processes.Usage> driver,
    Optional<Processes.Usage> machine) {

  static ResourceUsage now(Optional<Processes.Usage> node, Optional<Processes.Usage> postgres) {
    return new ResourceUsage(
        node, postgres, Processes.of(ProcessHandle.current().pid()), Processes.machine());
  }

  /// The CPU time used since `before`, and the current memory.
  ResourceUsage since(ResourceUsage before) {
    return new ResourceUsage(
        since(node, before.node),
        since(postgres, before.postgres),
        since(driver, before.driver),
        since(machine, before.machine));
  }

  private static Optional<Processes.Usage> since(
      Optional<Processes.Usage> now, Optional<Processes.Usage> before) {
    return now.flatMap(it -> before.map(it::minus));
  }

  void into(Map<Metric, Double> values, double seconds) {
    put(values, node, seconds, Metric.NODE_CORES, Metric.NODE_RESIDENT);
    put(values, postgres, seconds, Metric.POSTGRES_CORES, Metric.POSTGRES_RESIDENT);
    put(values, driver, seconds, Metric.DRIVER_CORES, Metric.DRIVER_RESIDENT);
    if (node.isPresent() && postgres.isPresent() && driver.isPresent())
      machine
          .map(all -> all.minus(node.get()).minus(postgres.get()).minus(driver.get()))
          .ifPresent(it -> values.put(Metric.OTHERS_CORES, it.cpuSeconds() / seconds));
  }

  private static void put(
      Map<Metric, Double> values,
      Optional<Processes.Usage> usage,
      double seconds,
      Metric cores,
      Metric resident) {
    usage.ifPresent(it -> {
      values.put(cores, it.cpuSeconds() / seconds);
      values.put(resident, it.residentMiB());
    });
  }
}
