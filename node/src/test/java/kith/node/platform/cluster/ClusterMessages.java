package kith.node.platform.cluster;

import static kith.node.RemoteActors.elsewhere;

import java.util.List;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each message that nodes send each other about themselves. Messages that were sent in a
/// release must not be changed here.
public final class ClusterMessages {
  private ClusterMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    return List.of(
        new DatabaseReach.Question(elsewhere(here, "discovery")), new DatabaseReach.Answer(true));
  }
}
