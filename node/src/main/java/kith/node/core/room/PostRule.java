package kith.node.core.room;

import java.util.Optional;
import kith.protocol.Code;

/// A feature's rule about posts, applied after the core's own rules and before the commit. Pure: it
/// reads only the room and the post.
public interface PostRule {
  /// Why the post is refused, if it is.
  default Optional<Code> objection(RoomState room, Post post) {
    return Optional.empty();
  }

  /// The message to persist.
  default RoomEvent.Posted accepted(RoomState room, RoomEvent.Posted message) {
    return message;
  }
}
