package kith.node.core.relay;

import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Room;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// What a [RelayPart] may use of its relay.
public interface RelayHost {
  String room();

  /// Where the room sends what it has for this relay.
  ActorRef<Room.ToRelay> self();

  TimerScheduler<RoomRelay.Command> timers();

  Clock clock();

  /// Reaches the room wherever it lives; may be lost while it moves.
  void tellRoom(Room.Command command);

  /// The room, while the relay is attached to it.
  Optional<ActorRef<Room.Command>> attachedRoom();

  /// The sessions that have the room open here.
  Collection<ActorRef<ToSession>> sessions();

  boolean hasSession(ActorRef<ToSession> session);

  /// The latest entry that was published here.
  long lastSeq();
}
