package kith.node.platform.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.Portions;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ActorSystemDependentAllocationStrategy;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy$;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/// Chooses the node of a new shard, and the shards that move.
///
/// A node that is about to leave (`Departures`) keeps serving while its shards move to the other
/// nodes, a few at a time. When a region stops, Pekko would move all of them at once, and their
/// entities would wait for each other. Otherwise this is Pekko's least-shard strategy, one shard at
/// a time.
public final class ShardMoves implements ActorSystemDependentAllocationStrategy {
  private final ActorSystemDependentAllocationStrategy usual;
  private final Predicate<ActorRef> leaves;
  private final LongSupplier nanoTime;
  private long lastUsual;

  /// @param leaves whether the node of a region is about to leave
  ShardMoves(
      ActorSystemDependentAllocationStrategy usual,
      Predicate<ActorRef> leaves,
      LongSupplier nanoTime) {
    this.usual = usual;
    this.leaves = leaves;
    this.nanoTime = nanoTime;
    this.lastUsual = nanoTime.getAsLong() - ClusterIntervals.REBALANCE.toNanos();
  }

  static ShardMoves awayFrom(Predicate<ActorRef> leaves) {
    return new ShardMoves(
        (ActorSystemDependentAllocationStrategy)
            ShardAllocationStrategy$.MODULE$.leastShardAllocationStrategy(1, 1.0),
        leaves,
        System::nanoTime);
  }

  @Override
  public void start(org.apache.pekko.actor.ActorSystem system) {
    usual.start(system);
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester,
      String shard,
      scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> shards) {
    return usual.allocateShard(requester, shard, ofStaying(shards));
  }

  @Override
  public Future<scala.collection.immutable.Set<String>> rebalance(
      scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> shards,
      scala.collection.immutable.Set<String> moving) {
    var staying = ofStaying(shards);
    if (staying.size() < shards.size()) {
      var leaving =
          CollectionConverters.asJava(shards).entrySet().stream()
              .filter(region -> leaves.test(region.getKey()))
              .flatMap(region -> CollectionConverters.asJava(region.getValue()).stream())
              .toList();
      var next = next(leaving, CollectionConverters.asJava(moving));
      if (!leaving.isEmpty()) return Future.successful(scalaSet(next));
    }
    var now = nanoTime.getAsLong();
    if (now - lastUsual < ClusterIntervals.REBALANCE.toNanos())
      return Future.successful(scalaSet(Set.of()));
    lastUsual = now;
    return usual.rebalance(staying, moving);
  }

  /// The shards of leaving nodes that begin to move now.
  ///
  /// @param moving all shards that are moving already
  static Set<String> next(List<String> leaving, Set<String> moving) {
    return leaving.stream()
        .filter(shard -> !moving.contains(shard))
        .limit(Math.max(0, Portions.SHARDS_LEAVING - moving.size()))
        .collect(Collectors.toSet());
  }

  /// The regions that stay; all of them if none does.
  private scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> ofStaying(
      scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> shards) {
    var staying =
        CollectionConverters.asJava(shards).entrySet().stream()
            .filter(region -> !leaves.test(region.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return staying.isEmpty() || staying.size() == shards.size()
        ? shards
        : scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(staying));
  }

  private static scala.collection.immutable.Set<String> scalaSet(Collection<String> shards) {
    return scala.collection.immutable.Set$.MODULE$.from(CollectionConverters.asScala(shards));
  }
}
