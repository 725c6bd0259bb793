package kith.bench;

/// A measured quantity, with its name in JSON and in the table.
enum Metric {
  OFFERED("offeredPerSecond", "offered messages/s", 0),
  ACCEPTED("acceptedPerSecond", "accepted messages/s", 0),
  DELIVERED("deliveriesPerSecond", "deliveries/s", 0),
  ACK_P50("ackP50Millis", "send to own ack, p50 ms", 1),
  ACK_P99("ackP99Millis", "send to own ack, p99 ms", 1),
  ACK_MAX("ackMaxMillis", "send to own ack, max ms", 1),
  DELIVERY_P50("deliveryP50Millis", "send to the others, p50 ms", 1),
  DELIVERY_P99("deliveryP99Millis", "send to the others, p99 ms", 1),
  DELIVERY_MAX("deliveryMaxMillis", "send to the others, max ms", 1),
  LATE_P99("driverLateP99Millis", "driver sent late, p99 ms", 1),
  NODE_CORES("nodeCores", "node, cores used", 2),
  POSTGRES_CORES("postgresCores", "PostgreSQL, cores used", 2),
  DRIVER_CORES("driverCores", "this driver, cores used", 2),
  OTHERS_CORES("othersCores", "everything else, cores used", 2),
  NODE_RESIDENT("nodeResidentMiB", "node, resident MiB", 0),
  POSTGRES_RESIDENT("postgresResidentMiB", "PostgreSQL, resident MiB", 0),
  DRIVER_RESIDENT("driverResidentMiB", "this driver, resident MiB", 0);

  final String key;
  final String label;
  final int decimals;

  Metric(String key, String label, int decimals) {
    this.key = key;
    this.label = label;
    this.decimals = decimals;
  }
}
