package kith.node.core.relay;

import java.util.Optional;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.node.core.room.Room;
import kith.protocol.frame.Entry;
import org.apache.pekko.actor.typed.ActorRef;

/// A feature's part of a relay: handles its own messages from sessions and from the room, and keeps
/// state between them. The state is lost with the relay, and the next relay rebuilds it.
///
/// @param <C> a sealed interface that lists its commands
/// @param <M> a sealed interface that lists the messages of its part of the room
public interface RelayPart<C extends RoomRelay.PartCommand, M extends Room.PartMessage> {
  void on(C command);

  void onMessage(M message);

  /// The relay is attached to another incarnation of the room.
  default void attached() {}

  /// The relay renews its lease of the room.
  default void leaseRenewed() {}

  /// The relay retries unanswered requests.
  default void retry() {}

  /// A session has left the room on this relay, or ended.
  default void sessionGone(ActorRef<ToSession> session) {}

  /// An entry was published to the sessions.
  default void published(Entry entry) {}

  /// A user is no longer a member.
  default void departed(String user) {}

  /// Creates the part of one relay.
  interface Factory {
    RelayPart<?, ?> create(RelayHost relay);

    Class<? extends RoomRelay.PartCommand> commands();

    /// Empty if the part of the room sends nothing.
    Optional<Class<? extends Room.PartMessage>> messages();
  }
}
