package kith.node.core.room;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// Takes the texts of redacted messages out of a room's log.
///
/// Readers leave them out whether or not this has happened: the log knows what is redacted. What
/// fails is tried again while the room is awake.
final class Erasure {
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final String room;
  private final RoomLog log;
  private final ActorContext<Room.Command> context;

  Erasure(String room, RoomLog log, ActorContext<Room.Command> context) {
    this.room = room;
    this.log = log;
    this.context = context;
  }

  void follow(List<RoomEvent> events) {
    for (var event : events)
      if (event instanceof RoomEvent.Redacted redacted) erase(redacted.target());
  }

  void erase(long message) {
    context.pipeToSelf(
        log.erase(room, message), (_, fault) -> new Room.Erased(message, fault == null));
  }

  void ended(Room.Erased erased) {
    if (erased.isDone()) return;
    context.getLog().warn("text of a redacted message not erased room={}", room);
    context.scheduleOnce(AGAIN, context.getSelf(), new Room.EraseAgain(erased.message()));
  }
}
