package kith.node.core.relay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAccess;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// This node's relays: one for each room that a session on this node has open, or closed recently.
public final class Relays extends AbstractMatchingBehavior<Relays.Command> {

  public sealed interface Command {}

  public record Open(String room, RoomRelay.Open open) implements Command {}

  /// Sends `toRelay` to the room's relay on this node, or `toRoom` to the room if there is no
  /// relay.
  public record ToPart(String room, RoomRelay.PartCommand toRelay, Room.PartCommand toRoom)
      implements Command {}

  /// No session on this node has the room open any more.
  ///
  /// @param opens how many `Open` the relay has received; if more were sent, one is still on its
  ///   way
  record Leaving(String room, ActorRef<RoomRelay.Command> relay, long opens) implements Command {}

  private record Ended(String room, ActorRef<RoomRelay.Command> relay) implements Command {}

  private final RoomAccess rooms;
  private final Framing framing;
  private final RelayParts.Kinds parts;
  private final Map<String, Known> relaysByRoom = new HashMap<>();

  private record Known(ActorRef<RoomRelay.Command> relay, long opens) {}

  /// Throws an `IllegalStateException` if two parts own the same command.
  public static Behavior<Command> create(
      RoomAccess rooms, Framing framing, List<RelayPart.Factory> parts) {
    var kinds = RelayParts.Kinds.of(parts);
    return Behaviors.setup(context -> new Relays(context, rooms, framing, kinds));
  }

  private Relays(
      ActorContext<Command> context, RoomAccess rooms, Framing framing, RelayParts.Kinds parts) {
    super(context);
    this.rooms = rooms;
    this.framing = framing;
    this.parts = parts;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Open(var room, var open) -> onOpen(room, open);
      case ToPart(var room, var toRelay, var toRoom) -> onToPart(room, toRelay, toRoom);
      case Leaving leaving -> onLeaving(leaving);
      case Ended(var room, var relay) -> onEnded(room, relay);
    };
  }

  private Behavior<Command> onOpen(String room, RoomRelay.Open open) {
    var known = relaysByRoom.get(room);
    var next =
        known == null ? new Known(spawn(room), 1) : new Known(known.relay(), known.opens() + 1);
    relaysByRoom.put(room, next);
    next.relay().tell(open);
    return this;
  }

  private Behavior<Command> onToPart(
      String room, RoomRelay.PartCommand toRelay, Room.PartCommand toRoom) {
    var known = relaysByRoom.get(room);
    if (known == null) rooms.tell(room, toRoom);
    else known.relay().tell(toRelay);
    return this;
  }

  private ActorRef<RoomRelay.Command> spawn(String room) {
    var relay =
        getContext()
            .spawnAnonymous(RoomRelay.create(room, rooms, framing, parts, getContext().getSelf()));
    getContext().watchWith(relay, new Ended(room, relay));
    rooms.metrics().relayBegan();
    return relay;
  }

  /// A relay with an `Open` on its way is not stopped: a stopped relay never answers.
  private Behavior<Command> onLeaving(Leaving leaving) {
    var asKnownThere = new Known(leaving.relay(), leaving.opens());
    if (relaysByRoom.remove(leaving.room(), asKnownThere))
      leaving.relay().tell(new RoomRelay.Stop());
    return this;
  }

  private Behavior<Command> onEnded(String room, ActorRef<RoomRelay.Command> relay) {
    rooms.metrics().relayEnded();
    var known = relaysByRoom.get(room);
    if (known != null && known.relay().equals(relay)) relaysByRoom.remove(room);
    return this;
  }
}
