package kith.node.feature.courier;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import kith.node.platform.metrics.Count;
import kith.node.platform.metrics.Distribution;
import kith.node.platform.metrics.Instruments;
import kith.node.platform.metrics.Level;

/// The metrics of couriers.
public final class CourierMetrics {
  private final AtomicReference<Map<String, Integer>> targets = new AtomicReference<>(Map.of());
  private final Level lag;
  private final Level behind;
  private final Level underWay;
  private final Level waiting;
  private final Level openCircuits;
  private final Count accepted;
  private final Count failed;
  private final Distribution seconds;

  public CourierMetrics(Instruments instruments) {
    instruments.levels(
        "kith_courier_targets", "Targets of couriers by state.", "state", targets::get);
    lag =
        instruments.level(
            "kith_courier_lag_entries", "Entries that active targets have not received yet.");
    behind =
        instruments.level(
            "kith_courier_behind_seconds",
            "The age of the oldest entry that an active target has not received yet.");
    underWay =
        instruments.level("kith_courier_requests", "Requests to receivers under way on this node.");
    waiting =
        instruments.level(
            "kith_courier_requests_waiting", "Requests to receivers that wait for a slot.");
    openCircuits =
        instruments.level(
            "kith_courier_open_circuits", "Hosts that failed and get no requests for a while.");
    var deliveries =
        instruments.counter(
            "kith_courier_deliveries", "Requests to receivers, by result.", "result");
    accepted = deliveries.labelValues("accepted");
    failed = deliveries.labelValues("failed");
    seconds = instruments.seconds("kith_courier_delivery", "Time of requests to receivers.");
  }

  /// @param targetsByState of all nodes
  /// @param entries that active targets have not received
  /// @param seconds the age of the oldest of them
  public void looked(Map<String, Integer> targetsByState, long entries, double seconds) {
    targets.set(Map.copyOf(targetsByState));
    lag.set((double) entries);
    behind.set(seconds);
  }

  public void underWay(int now, int next) {
    underWay.set(now);
    waiting.set(next);
  }

  public void openCircuits(int now) {
    openCircuits.set(now);
  }

  /// @param began as `System.nanoTime`
  public void sent(boolean isAccepted, long began) {
    seconds.observe(Instruments.secondsSince(began));
    (isAccepted ? accepted : failed).inc();
  }
}
