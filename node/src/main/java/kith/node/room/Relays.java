package kith.node.room;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// This node's relays: one for each room that somebody here has open. At most as many as sessions
/// may have rooms open.
public final class Relays extends AbstractMatchingBehavior<Relays.Command> {

  public sealed interface Command {}

  public record Open(String room, RoomRelay.Open open) implements Command {}

  /// Nobody here has the room open any more.
  record Leaving(String room, ActorRef<RoomRelay.Command> relay) implements Command {}

  private record Ended(String room, ActorRef<RoomRelay.Command> relay) implements Command {}

  private final RoomRelay.Reach rooms;
  private final Map<String, ActorRef<RoomRelay.Command>> relaysByRoom = new HashMap<>();

  public static Behavior<Command> create(Rooms rooms) {
    return reaching(rooms);
  }

  static Behavior<Command> reaching(RoomRelay.Reach rooms) {
    return Behaviors.setup(context -> new Relays(context, rooms));
  }

  private Relays(ActorContext<Command> context, RoomRelay.Reach rooms) {
    super(context);
    this.rooms = rooms;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Open(var room, var open) -> onOpen(room, open);
      case Leaving(var room, var relay) -> onLeaving(room, relay);
      case Ended(var room, var relay) -> onEnded(room, relay);
    };
  }

  private Behavior<Command> onOpen(String room, RoomRelay.Open open) {
    relaysByRoom.computeIfAbsent(room, this::spawn).tell(open);
    return this;
  }

  private ActorRef<RoomRelay.Command> spawn(String room) {
    var relay = getContext().spawnAnonymous(RoomRelay.create(room, rooms, getContext().getSelf()));
    getContext().watchWith(relay, new Ended(room, relay));
    return relay;
  }

  /// Out of the map first: what is opened from now on goes to a new relay.
  private Behavior<Command> onLeaving(String room, ActorRef<RoomRelay.Command> relay) {
    relaysByRoom.remove(room, relay);
    relay.tell(new RoomRelay.Stop());
    return this;
  }

  private Behavior<Command> onEnded(String room, ActorRef<RoomRelay.Command> relay) {
    relaysByRoom.remove(room, relay);
    return this;
  }
}
