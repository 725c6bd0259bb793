package kith.node.feature.courier;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A circuit breaker for each host and port of receivers, on this node. After some failures in a
/// row, from any courier, requests to the host wait; then one of them tries, and its result
/// decides.
///
/// Without it, many targets on one host that hangs would each use a thread for the full time limit.
public final class HostBreakers {
  /// @param openUntil when one request may try again
  private record Circuit(int failures, Instant openUntil) {}

  private final int mostFailures;
  private final Duration open;
  private final UnaryOperator<Duration> jitter;
  private final Map<String, Circuit> circuitByHost = new HashMap<>();

  /// @param jitter of the time for which a circuit is open
  public HostBreakers(int mostFailures, Duration open, UnaryOperator<Duration> jitter) {
    this.mostFailures = mostFailures;
    this.open = open;
    this.jitter = jitter;
  }

  /// The time that a request has to wait; empty if it may be sent now. If several wait, the first
  /// one that asks in time is sent, and the others wait for its result.
  public synchronized Optional<Duration> wait(String host, Instant now) {
    var circuit = circuitByHost.get(host);
    if (circuit == null || circuit.failures() < mostFailures) return Optional.empty();
    if (now.isBefore(circuit.openUntil()))
      return Optional.of(Duration.between(now, circuit.openUntil()));
    circuitByHost.put(host, new Circuit(circuit.failures(), now.plus(jitter.apply(open))));
    return Optional.empty();
  }

  /// The host answered, with a success or an error.
  public synchronized void answered(String host) {
    circuitByHost.remove(host);
  }

  /// The host did not answer. Its circuit is forgotten when it answers, so the map has at most the
  /// hosts of all targets.
  public synchronized void failed(String host, Instant now) {
    var before = circuitByHost.get(host);
    var failures = before == null ? 1 : Math.min(before.failures() + 1, mostFailures);
    circuitByHost.put(host, new Circuit(failures, now.plus(jitter.apply(open))));
  }

  /// The number of hosts whose circuit is open.
  public synchronized int open(Instant now) {
    return (int)
        circuitByHost.values().stream()
            .filter(it -> it.failures() >= mostFailures && now.isBefore(it.openUntil()))
            .count();
  }
}
