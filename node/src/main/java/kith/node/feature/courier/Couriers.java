package kith.node.feature.courier;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import kith.node.auth.WrappedSecrets;
import kith.node.platform.cluster.Departures;
import kith.node.platform.config.CourierIntervals;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/// The couriers of the cluster, for callers on this node.
public final class Couriers {
  private final ActorSystem<?> system;
  private final CourierSettings settings;
  private final WrappedSecrets secrets;
  private final CourierMetrics metrics;
  private final Clock clock;
  private final CourierTable table;
  private final CourierIndex index = new CourierIndex();
  private final Supplier<SSLSocketFactory> tls;
  private final OutboundRequests outbound;

  /// @param executor whose threads only send requests to receivers
  public Couriers(
      ActorSystem<?> system,
      Jdbc jdbc,
      Executor executor,
      CourierSettings settings,
      WrappedSecrets secrets,
      String agent,
      CourierMetrics metrics,
      Clock clock) {
    this.system = system;
    this.settings = settings;
    this.secrets = secrets;
    this.metrics = metrics;
    this.clock = clock;
    this.table = new CourierTable(jdbc);
    this.tls = ReceiverTls.of(settings.authorities());
    this.outbound =
        new OutboundRequests(
            new HttpSender(
                new AddressPolicy(settings.privateNetworks()),
                host -> List.of(InetAddress.getAllByName(host)),
                tls,
                settings.requestTime(),
                settings.answerBytes(),
                agent),
            new DeliverySlots(settings.requests(), settings.hostRequests()),
            new HostBreakers(
                Portions.CIRCUIT_FAILURES, CourierIntervals.CIRCUIT_OPEN, Couriers::halfToWhole),
            executor,
            metrics,
            clock);
  }

  private static Duration halfToWhole(Duration most) {
    return Duration.ofMillis(
        most.toMillis() / 2 + ThreadLocalRandom.current().nextLong(most.toMillis() / 2));
  }

  public CourierSettings settings() {
    return settings;
  }

  public WrappedSecrets secrets() {
    return secrets;
  }

  public CourierTable table() {
    return table;
  }

  public OutboundRequests outbound() {
    return outbound;
  }

  /// Accepts the certificates of receivers that this node trusts.
  public SSLSocketFactory tls() {
    return tls.get();
  }

  /// Begins to deliver.
  void start(List<Carrier> carriers) {
    var surroundings =
        new Courier.Surroundings(
            table,
            carriers.stream().collect(Collectors.toMap(Carrier::kind, Function.identity())),
            settings.giveUpAfter(),
            clock,
            () -> ThreadLocalRandom.current().nextDouble());
    ClusterSharding.get(system)
        .init(
            Entity.of(
                    Courier.KEY,
                    entity -> Courier.create(entity.getEntityId(), entity.getShard(), surroundings))
                .withAllocationStrategy(Departures.of(system).shardMoves())
                .withStopMessage(new Courier.Stop()));
    var worker =
        new CourierWorker(
            table,
            index,
            secrets,
            this::wake,
            carriers.stream().collect(Collectors.toMap(Carrier::kind, Carrier::delay)),
            outbound,
            metrics,
            clock);
    repeat(Duration.ZERO, CourierIntervals.COURIER_LOOK, worker::run);
    repeat(CourierIntervals.COURIER_TIDYING, CourierIntervals.COURIER_TIDYING, worker::tidy);
  }

  private void repeat(Duration first, Duration interval, Runnable work) {
    var _ =
        system.scheduler().scheduleWithFixedDelay(first, interval, work, system.executionContext());
  }

  /// There may be entries to deliver to this target.
  public void wake(String target) {
    tell(target, false);
  }

  /// The row of a target was changed, by a component other than its courier.
  public void changed(String target) {
    tell(target, true);
  }

  private void tell(String target, boolean changed) {
    ClusterSharding.get(system).entityRefFor(Courier.KEY, target).tell(new Courier.Wake(changed));
  }

  CourierRoom part(String room) {
    return new CourierRoom(room, index::targets, this::wake);
  }

  /// All targets with their lag, for administrators.
  CompletionStage<List<CourierTable.Lagging>> all() {
    return table.all();
  }
}
