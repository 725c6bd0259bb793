package kith.node.feature.reactions;

import java.util.List;
import kith.node.RemoteActors;
import kith.node.core.room.Room;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorSystem;

/// The message about a reaction between nodes: a post inside a batch.
public final class ReactionMessages {
  private ReactionMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    var relay = RemoteActors.<Room.ToRelay>elsewhere(here, "relay");
    return List.of(
        new Room.Batch(
            4,
            List.of(
                new React("ann", "id-1", 17, "👍", false),
                new React("ann", "id-2", 17, "👍", true)),
            relay));
  }
}
