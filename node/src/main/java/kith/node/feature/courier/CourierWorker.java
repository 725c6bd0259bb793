package kith.node.feature.courier;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kith.node.auth.WrappedSecrets;
import kith.node.feature.courier.CourierTable.Lagging;
import kith.node.feature.courier.Target.State;
import kith.node.platform.config.CourierIntervals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at all targets every few seconds, on each node, and wakes the couriers of those that are
/// behind their room. So nothing is lost when a node dies between a commit and the delivery, or
/// when a courier was not woken for any other reason.
final class CourierWorker {
  private static final Logger LOG = LoggerFactory.getLogger(CourierWorker.class);

  private final CourierTable table;
  private final CourierIndex index;
  private final WrappedSecrets secrets;
  private final Consumer<String> wake;
  private final Map<String, Duration> delayByKind;
  private final OutboundRequests outbound;
  private final CourierMetrics metrics;
  private final Clock clock;
  private final AtomicBoolean isRunning = new AtomicBoolean();

  /// @param wake wakes the courier of a target
  /// @param delayByKind the time for which targets of a kind wait on purpose
  CourierWorker(
      CourierTable table,
      CourierIndex index,
      WrappedSecrets secrets,
      Consumer<String> wake,
      Map<String, Duration> delayByKind,
      OutboundRequests outbound,
      CourierMetrics metrics,
      Clock clock) {
    this.table = table;
    this.index = index;
    this.secrets = secrets;
    this.wake = wake;
    this.delayByKind = Map.copyOf(delayByKind);
    this.outbound = outbound;
    this.metrics = metrics;
    this.clock = clock;
  }

  void run() {
    if (!isRunning.compareAndSet(false, true)) return;
    table
        .all()
        .thenCompose(all -> roomsByTarget(all).thenAccept(rooms -> looked(all, rooms)))
        .whenComplete((_, fault) -> {
          isRunning.set(false);
          if (fault != null)
            LOG.warn("couriers=not-read action=retry reason=\"{}\"", fault.getMessage());
        });
  }

  /// Servers without targets for accounts need none of these queries.
  private CompletionStage<Map<String, List<String>>> roomsByTarget(List<Lagging> all) {
    return all.stream().anyMatch(it -> it.target().isOfAccount())
        ? table.adopt().thenCompose(_ -> table.roomsByTarget())
        : CompletableFuture.completedFuture(Map.of());
  }

  private void looked(List<Lagging> all, Map<String, List<String>> roomsByTarget) {
    index.read(all.stream().map(Lagging::target).toList(), roomsByTarget);
    all.stream().filter(this::isDue).forEach(lagging -> wake.accept(lagging.target().id()));
    all.stream().map(Lagging::target).forEach(this::wrapAgain);
    measure(all);
  }

  private boolean isDue(Lagging lagging) {
    var target = lagging.target();
    return target.state() == State.ACTIVE
        && lagging.lag() > 0
        && target.nextTry().filter(clock.instant()::isBefore).isEmpty();
  }

  private void measure(List<Lagging> all) {
    Map<String, Integer> targetsByState = new HashMap<>();
    for (var state : State.values()) targetsByState.put(state.word(), 0);
    var lag = 0L;
    var behind = 0.0;
    for (var each : all) {
      targetsByState.merge(each.target().state().word(), 1, Integer::sum);
      if (each.target().state() != State.ACTIVE) continue;
      lag += each.lag();
      behind = Math.max(behind, each.behindSeconds() - delaySeconds(each.target()));
    }
    metrics.looked(targetsByState, lag, behind);
    outbound.measure();
  }

  private double delaySeconds(Target target) {
    return delayByKind.getOrDefault(target.kind(), Duration.ZERO).toSeconds();
  }

  /// Encrypts a secret with the operator's present secret, so that the previous one is not needed
  /// for long.
  private void wrapAgain(Target target) {
    if (secrets.isCurrent(target.secret())) return;
    Optional<byte[]> plain = secrets.unwrap(target.id(), target.secret());
    plain.ifPresent(secret -> {
      var _ =
          table
              .rewrap(target.id(), secrets.wrap(target.id(), secret))
              .exceptionally(fault -> {
                LOG.warn(
                    "courier={} secret=not-encrypted reason=\"{}\"",
                    target.id(),
                    fault.getMessage());
                return 0;
              });
    });
  }

  /// Deletes targets that ended long ago.
  void tidy() {
    var _ =
        table
            .forgetEnded(clock.instant().minus(CourierIntervals.ENDED_COURIERS_KEPT))
            .exceptionally(fault -> {
              LOG.warn("couriers=not-tidied reason=\"{}\"", fault.getMessage());
              return 0;
            });
  }
}
