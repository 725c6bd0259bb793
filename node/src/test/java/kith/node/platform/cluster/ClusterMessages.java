package kith.node.platform.cluster;

import static kith.node.RemoteActors.elsewhere;

import java.util.List;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each message that nodes send each other about themselves. What a release has sent is not
/// changed here any more.
public final class ClusterMessages {
  private ClusterMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    return List.of(
        new DatabaseReach.Question(elsewhere(here, "discovery")), new DatabaseReach.Answer(true));
  }
}
