package kith.node.core.room;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/// What a feature adds to a room: it hears of every commit, on the room's actor.
///
/// A part lives as long as the room is awake. What it keeps is lost with the room's node; what must
/// survive belongs into a [Projection].
public interface RoomPart {
  /// The room has recovered and begins to answer.
  default void awake(RoomState room) {}

  /// Called after the commit and after the relays were told, in the order of the log.
  default void committed(Commit commit) {}

  /// A relay is no longer attached.
  default void relayEnded(ActorRef<Room.ToRelay> relay) {}

  /// A part with commands of its own.
  ///
  /// @param <C> a sealed interface that lists them
  interface WithCommands<C extends Room.PartCommand> extends RoomPart {
    /// Only for a room that is open; a room that is not open drops the commands of parts.
    void on(RoomState room, C command);
  }

  /// Makes the part of one room.
  interface Factory {
    RoomPart create(RoomHost room);

    /// The commands of a part [WithCommands], all of which go to it and to no other part.
    default Optional<Class<? extends Room.PartCommand>> commands() {
      return Optional.empty();
    }
  }
}
