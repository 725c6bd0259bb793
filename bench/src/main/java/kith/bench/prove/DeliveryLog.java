package kith.bench.prove;

import java.util.List;

/// Everything that one member received from a room, in the order of arrival.
///
/// @param anomalies frames of the node that contradict a complete log
record DeliveryLog(String reader, List<Delivery> received, List<String> anomalies) {
  DeliveryLog {
    received = List.copyOf(received);
    anomalies = List.copyOf(anomalies);
  }

  /// @param receivedAt when it arrived, in milliseconds of the run
  record Delivery(LogEntry entry, long receivedAt) {}
}
