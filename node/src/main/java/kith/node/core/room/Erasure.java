package kith.node.core.room;

import java.util.OptionalLong;
import kith.node.platform.config.Intervals;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// Removes the texts of redacted messages, and the log of a deleted room, from the journal's rows.
///
/// Readers never receive them: the log leaves out redacted texts. A failed erasure is retried while
/// the room is awake, and for a deleted room each time it wakes.
final class Erasure {
  private final String room;
  private final RoomLog log;
  private final ActorContext<Room.Command> context;

  Erasure(String room, RoomLog log, ActorContext<Room.Command> context) {
    this.room = room;
    this.log = log;
    this.context = context;
  }

  void awake(RoomState state) {
    if (state.phase() == RoomState.Phase.DELETED) erase(state, OptionalLong.empty());
  }

  void follow(Commit commit) {
    for (var event : commit.events()) {
      if (event instanceof RoomEvent.Redacted it)
        erase(commit.after(), OptionalLong.of(it.target()));
      if (event instanceof RoomEvent.Deleted) erase(commit.after(), OptionalLong.empty());
    }
  }

  /// @param message absent: the whole log except its last entry
  void erase(RoomState state, OptionalLong message) {
    var erased =
        message.isPresent()
            ? log.erase(room, message.getAsLong())
            : log.eraseAll(room, state.lastSeq());
    context.pipeToSelf(erased, (_, fault) -> new Room.Erased(message, fault == null));
  }

  void ended(Room.Erased erased) {
    if (erased.isDone()) return;
    context.getLog().warn("erasure=failed room={}", room);
    context.scheduleOnce(
        Intervals.ERASURE_RETRY, context.getSelf(), new Room.EraseAgain(erased.message()));
  }
}
