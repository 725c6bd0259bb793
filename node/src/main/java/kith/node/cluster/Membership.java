package kith.node.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;

/// This node's place in the cluster. Alone, it forms a cluster of one.
public final class Membership {
  private final Cluster cluster;

  private Membership(Cluster cluster) {
    this.cluster = cluster;
  }

  public static Membership of(ActorSystem<?> system) {
    return new Membership(Cluster.get(system));
  }

  /// Done when this node is a full member.
  public CompletionStage<Done> join() {
    var up = new CompletableFuture<Done>();
    cluster.registerOnMemberUp(() -> up.complete(Done.getInstance()));
    cluster.join(cluster.selfAddress());
    return up;
  }

  public boolean isUp() {
    return !cluster.isTerminated() && cluster.selfMember().status().equals(MemberStatus.up());
  }
}
