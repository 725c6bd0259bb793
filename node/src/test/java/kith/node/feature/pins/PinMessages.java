package kith.node.feature.pins;

import java.util.List;
import kith.node.RemoteActors;
import kith.node.core.room.Room;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorSystem;

/// The message about a pin between nodes: a post inside a batch.
public final class PinMessages {
  private PinMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    var relay = RemoteActors.<Room.ToRelay>elsewhere(here, "relay");
    return List.of(
        new Room.Batch(
            5,
            List.of(new Pin("ann", "id-1", 17, false), new Pin("ann", "id-2", 17, true)),
            relay));
  }
}
