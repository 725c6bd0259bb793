package kith.node.core.relay;

import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Room;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The functions of a relay that a [RelayPart] may use.
public interface RelayHost {
  String room();

  /// Receives the room's messages to this relay.
  ActorRef<Room.ToRelay> self();

  TimerScheduler<RoomRelay.Command> timers();

  Clock clock();

  /// Sends to the room, on any node. The message may be lost while the room moves.
  void tellRoom(Room.Command command);

  /// The room, while the relay is attached to it.
  Optional<ActorRef<Room.Command>> attachedRoom();

  /// The sessions that have the room open here.
  Collection<ActorRef<ToSession>> sessions();

  boolean hasSession(ActorRef<ToSession> session);

  /// The seq of the latest entry published here.
  long lastSeq();
}
