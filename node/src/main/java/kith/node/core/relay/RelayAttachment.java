package kith.node.core.relay;

import java.util.Optional;
import kith.node.core.room.Room;
import kith.node.core.room.RoomAccess;
import kith.node.platform.config.Intervals;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// A relay's attachment to its room: a lease, renewed every few tens of seconds, and at once when
/// the room ends. Sessions notice a room that moves only as a short delay.
final class RelayAttachment {
  private final ActorContext<RoomRelay.Command> context;
  private final TimerScheduler<RoomRelay.Command> timers;
  private final String id;
  private final RoomAccess rooms;
  private final ActorRef<Room.ToRelay> self;
  private Optional<ActorRef<Room.Command>> room = Optional.empty();

  RelayAttachment(
      ActorContext<RoomRelay.Command> context,
      TimerScheduler<RoomRelay.Command> timers,
      String id,
      RoomAccess rooms,
      ActorRef<Room.ToRelay> self) {
    this.context = context;
    this.timers = timers;
    this.id = id;
    this.rooms = rooms;
    this.self = self;
    timers.startTimerWithFixedDelay(new RoomRelay.RenewLease(), rooms.settings().lease());
  }

  Optional<ActorRef<Room.Command>> room() {
    return room;
  }

  boolean isThere() {
    return room.isPresent();
  }

  void tell(Room.Command command) {
    rooms.tell(id, command);
  }

  /// Repeats the request: a message to a room that moves, or whose node has just died, may be lost.
  void askUntilAnswered() {
    ask();
    timers.startTimerWithFixedDelay(new RoomRelay.AttachAgain(), Intervals.RETRY_FOR_CLIENT);
  }

  void askAgain() {
    if (room.isEmpty()) ask();
  }

  void ask() {
    tell(new Room.Attach(self));
  }

  /// False if the relay is already attached to this incarnation.
  boolean isNow(ActorRef<Room.Command> answered) {
    if (room.equals(Optional.of(answered))) return false;
    room.ifPresent(context::unwatch);
    context.watchWith(answered, new RoomRelay.RoomEnded(answered));
    room = Optional.of(answered);
    timers.cancel(new RoomRelay.AttachAgain());
    return true;
  }

  /// False if the relay is not attached to this incarnation.
  boolean isOver(ActorRef<Room.Command> ended) {
    if (!room.equals(Optional.of(ended))) return false;
    room = Optional.empty();
    return true;
  }
}
