package kith.node.core.room;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// What a [RoomPart] may use of its room.
public interface RoomHost {
  String id();

  ActorContext<Room.Command> actor();

  TimerScheduler<Room.Command> timers();

  boolean isAttached(ActorRef<Room.ToRelay> relay);

  /// Attaches the relay unless it is attached already.
  void attach(RoomState room, ActorRef<Room.ToRelay> relay);

  void tellAll(Room.ToRelay message);

  /// Sends a message to every attached relay except one.
  void tellOthers(ActorRef<Room.ToRelay> except, Room.ToRelay message);
}
