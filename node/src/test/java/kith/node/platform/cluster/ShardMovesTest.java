package kith.node.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.Portions;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ActorSystemDependentAllocationStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Vector$;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

class ShardMovesTest {
  private static final ActorTestKit kit = ActorTestKit.create();

  private final ActorRef stays = region();
  private final ActorRef leaver = region();
  private final Set<ActorRef> leaving = new HashSet<>();
  private final AtomicLong clock = new AtomicLong();
  private final ShardMoves moves = new ShardMoves(new FirstOfAll(), leaving::contains, clock::get);

  @AfterAll
  static void end() {
    kit.shutdownTestKit();
  }

  @Test
  void theShardsOfALeavingNodeMoveAFewAtATime() {
    var shards = List.of("1", "2", "3", "4");

    var first = ShardMoves.next(shards, Set.of());
    assertThat(first).hasSize(Portions.SHARDS_LEAVING).isSubsetOf(shards);
    assertThat(ShardMoves.next(shards, first)).isEmpty();

    var done = shards.stream().filter(shard -> !first.contains(shard)).toList();
    assertThat(ShardMoves.next(done, Set.of())).hasSize(Portions.SHARDS_LEAVING);
  }

  @Test
  void shardsThatMoveForAnyReasonCountAgainstTheLimit() {
    assertThat(ShardMoves.next(List.of("1", "2"), Set.of("8")))
        .hasSize(Portions.SHARDS_LEAVING - 1);
    assertThat(ShardMoves.next(List.of("1", "2"), Set.of("7", "8", "9"))).isEmpty();
  }

  @Test
  void aLeavingNodeLosesItsShardsWithoutAPauseAndGetsNoNewOnes() {
    leaving.add(leaver);

    assertThat(rebalance(Map.of(stays, List.of("1"), leaver, List.of("2")))).containsExactly("2");
    assertThat(rebalance(Map.of(stays, List.of("1"), leaver, List.of("3")))).containsExactly("3");
    assertThat(allocate(Map.of(stays, List.of("1"), leaver, List.of()))).isEqualTo(stays);
  }

  @Test
  void anEmptyNodeThatLeavesIsNotPartOfTheUsualRebalancing() {
    leaving.add(leaver);

    assertThat(rebalance(Map.of(stays, List.of("1"), leaver, List.of()))).containsExactly("1");
    assertThat(FirstOfAll.seen).containsExactly(stays);
  }

  @Test
  void theUsualRebalancingKeepsItsPause() {
    var shards = Map.of(stays, List.of("1"));

    assertThat(rebalance(shards)).containsExactly("1");
    assertThat(rebalance(shards)).isEmpty();
    clock.addAndGet(ClusterIntervals.REBALANCE.toNanos());
    assertThat(rebalance(shards)).containsExactly("1");
  }

  @Test
  void whenAllNodesLeaveShardsStayAllocatable() {
    leaving.add(leaver);

    assertThat(allocate(Map.of(leaver, List.of("1")))).isEqualTo(leaver);
  }

  private static ActorRef region() {
    return Adapter.toClassic(kit.createTestProbe().ref());
  }

  private Set<String> rebalance(Map<ActorRef, List<String>> shards) {
    var moved = moves.rebalance(scala(shards), scalaSet()).value().get().get();
    return CollectionConverters.asJava(moved);
  }

  private ActorRef allocate(Map<ActorRef, List<String>> shards) {
    return moves.allocateShard(leaver, "9", scala(shards)).value().get().get();
  }

  private static scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> scala(
      Map<ActorRef, List<String>> shards) {
    scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> all =
        scala.collection.immutable.Map$.MODULE$.empty();
    for (var region : shards.entrySet())
      all =
          all.updated(
              region.getKey(),
              Vector$.MODULE$.from(CollectionConverters.asScala(region.getValue())));
    return all;
  }

  private static scala.collection.immutable.Set<String> scalaSet() {
    return scala.collection.immutable.Set$.MODULE$.empty();
  }

  /// Moves the first shard of each region, and allocates to the first region.
  private static final class FirstOfAll implements ActorSystemDependentAllocationStrategy {
    static Set<ActorRef> seen = Set.of();

    @Override
    public void start(ActorSystem system) {}

    @Override
    public Future<ActorRef> allocateShard(
        ActorRef requester,
        String shard,
        scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> shards) {
      return Future.successful(shards.head()._1());
    }

    @Override
    public Future<scala.collection.immutable.Set<String>> rebalance(
        scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> shards,
        scala.collection.immutable.Set<String> moving) {
      seen = Set.copyOf(CollectionConverters.asJava(shards).keySet());
      scala.collection.immutable.Set<String> first = scalaSet();
      for (var region : CollectionConverters.asJava(shards).values())
        if (region.nonEmpty())
          first = (scala.collection.immutable.Set<String>) first.incl(region.head());
      return Future.successful(first);
    }
  }
}
