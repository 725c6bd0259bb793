package kith.node.core.room;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/// A feature's part of a room. It receives every commit, on the room's actor.
///
/// A part exists as long as the room is awake. Its state is lost with the room's node; data that
/// must survive belongs in a [Projection].
public interface RoomPart {
  /// The room has recovered and begins to answer.
  default void awake(RoomState room) {}

  /// Called after the commit, once it was sent to the relays, in the order of the log.
  default void committed(Commit commit) {}

  /// The part's rule about posts of this room. It may read the part's state.
  default Optional<PostRule> rule() {
    return Optional.empty();
  }

  /// Completes, on the room's actor, when the part has read the data for its rule. Until then the
  /// room decides no posts.
  default CompletionStage<Void> ready() {
    return CompletableFuture.completedFuture(null);
  }

  /// True if this user may join although the room asks for approval.
  default boolean admits(String user) {
    return false;
  }

  /// A relay is no longer attached.
  default void relayEnded(ActorRef<Room.ToRelay> relay) {}

  /// A part with commands of its own.
  ///
  /// @param <C> a sealed interface that lists them
  interface WithCommands<C extends Room.PartCommand> extends RoomPart {
    /// Called only while the room is open; otherwise the room drops the commands of parts.
    void on(RoomState room, C command);
  }

  /// Creates the part of one room.
  interface Factory {
    RoomPart create(RoomHost room);

    /// The commands of a part [WithCommands]. Only this part receives them.
    default Optional<Class<? extends Room.PartCommand>> commands() {
      return Optional.empty();
    }
  }
}
