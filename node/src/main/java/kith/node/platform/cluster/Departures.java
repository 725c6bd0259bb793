package kith.node.platform.cluster;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.Intervals;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.pattern.Patterns;

/// The nodes of the cluster that are about to leave it, as far as this node knows.
///
/// A node that is shut down gracefully registers its departure with the receptionist, and serves
/// until `ShardMoves` has moved its shards to the other nodes.
public final class Departures implements Extension {
  private static final ExtensionId<Departures> ID =
      new ExtensionId<>() {
        @Override
        public Departures createExtension(ActorSystem<?> system) {
          return new Departures(system);
        }
      };

  private final Cluster cluster;
  private final ActorRef<Command> actor;
  private volatile Set<Address> leaving = Set.of();

  private Departures(ActorSystem<?> system) {
    this.cluster = Cluster.get(system);
    this.actor = system.systemActorOf(Watch.create(this), "departures", Props.empty());
  }

  public static Departures of(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  /// The allocation strategy of one kind of entities. It has a state, so each kind needs its own.
  public ShardMoves shardMoves() {
    return ShardMoves.awayFrom(region -> leaving.contains(full(region.path().address())));
  }

  /// Moves the shards of this node to the others. Done when they have moved, or cannot, or at once
  /// if this node is not shut down gracefully: its cluster has removed it then, and moves them
  /// itself.
  public CompletionStage<Done> leave() {
    var reason = CoordinatedShutdown.get(cluster.system()).getShutdownReason();
    if (!reason.filter(CoordinatedShutdown.jvmExitReason()::equals).isPresent())
      return CompletableFuture.completedFuture(Done.getInstance());
    var left = new CompletableFuture<Done>();
    actor.tell(new Leave(left));
    return left.completeOnTimeout(
        Done.getInstance(), ClusterIntervals.SHARDS_LEAVE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// An actor on this node has an address without a host.
  private Address full(Address address) {
    return address.hasLocalScope() ? cluster.selfAddress() : address;
  }

  /// The other members that serve and stay.
  private int others() {
    return (int)
        StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
            .filter(member -> member.status().equals(MemberStatus.up()))
            .filter(member -> !cluster.state().getUnreachable().contains(member))
            .map(Member::address)
            .filter(address -> !address.equals(cluster.selfAddress()) && !leaving.contains(address))
            .count();
  }

  private sealed interface Command {}

  private record Changed(Set<ActorRef<Command>> leaving) implements Command {}

  private record Leave(CompletableFuture<Done> left) implements Command {}

  private record Look() implements Command {}

  private record Counted(int shards) implements Command {}

  private static final class Watch extends AbstractMatchingBehavior<Command> {
    private static final ServiceKey<Command> KEY =
        ServiceKey.create(Command.class, "leaving-nodes");

    private final Departures node;
    private final TimerScheduler<Command> timers;
    private CompletableFuture<Done> left = new CompletableFuture<>();
    private Evacuation evacuation = new Evacuation(System.nanoTime());

    static Behavior<Command> create(Departures node) {
      return Behaviors.setup(
          context -> Behaviors.withTimers(timers -> new Watch(context, timers, node)));
    }

    private Watch(ActorContext<Command> context, TimerScheduler<Command> timers, Departures node) {
      super(context);
      this.node = node;
      this.timers = timers;
      var listings =
          context.messageAdapter(
              Receptionist.Listing.class,
              listing -> new Changed(listing.getAllServiceInstances(KEY)));
      context.getSystem().receptionist().tell(Receptionist.subscribe(KEY, listings));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
      switch (command) {
        case Changed(var leaving) ->
            node.leaving =
                leaving.stream()
                    .map(it -> node.full(it.path().address()))
                    .collect(Collectors.toUnmodifiableSet());
        case Leave(var whenLeft) -> begin(whenLeft);
        case Look() -> getContext().pipeToSelf(shards(), (count, fault) -> counted(count, fault));
        case Counted(var shards) -> proceed(shards);
      }
      return this;
    }

    private void begin(CompletableFuture<Done> whenLeft) {
      left = whenLeft;
      evacuation = new Evacuation(System.nanoTime());
      var self = getContext().getSelf();
      getContext().getSystem().receptionist().tell(Receptionist.register(KEY, self));
      self.tell(new Look());
    }

    private void proceed(int shards) {
      if (evacuation.isOver(node.others(), shards, System.nanoTime()))
        left.complete(Done.getInstance());
      else timers.startSingleTimer(new Look(), ClusterIntervals.SHARDS_LOOK);
    }

    private static Command counted(Integer count, Throwable fault) {
      return new Counted(fault == null ? count : Integer.MAX_VALUE);
    }

    /// The shards of all kinds of entities on this node, also those that do not answer because they
    /// are moving.
    private CompletionStage<Integer> shards() {
      var sharding = ClusterSharding.get(node.cluster.system());
      return sharding.getShardTypeNames().stream()
          .map(type -> shards(sharding.shardRegion(type)))
          .reduce(
              CompletableFuture.completedFuture(0),
              (one, other) -> one.thenCombine(other, Integer::sum));
    }

    private static CompletionStage<Integer> shards(org.apache.pekko.actor.ActorRef region) {
      return Patterns.ask(region, ShardRegion.getRegionStatsInstance(), Intervals.REPORT_ANSWER)
          .thenApply(ShardRegion.ShardRegionStats.class::cast)
          .thenApply(stats -> stats.getStats().size() + stats.getFailed().size());
    }
  }
}
