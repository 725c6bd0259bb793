package kith.node.platform.cluster;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberDowned;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/// Lets the leader remove a member at once that was declared down, for instance one that has lost
/// the database.
///
/// Such a member never comes back, and its rooms move when it is removed. But the leader waits
/// until an observer finds it unreachable, and without this, an observer would first miss its
/// heartbeats for about two seconds.
final class DownedMembers {
  private DownedMembers() {}

  static void start(ActorSystem<?> system, Membership membership) {
    var watch = system.systemActorOf(watching(membership), "downed-members", Props.empty());
    Cluster.get(system).subscriptions().tell(Subscribe.create(watch, MemberDowned.class));
  }

  private static Behavior<MemberDowned> watching(Membership membership) {
    return Behaviors.receiveMessage(downed -> {
      membership.expectNothingFrom(downed.member());
      return Behaviors.same();
    });
  }
}
