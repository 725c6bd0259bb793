package kith.node.core.room;

import java.util.Optional;
import kith.protocol.Code;

/// A feature's rule about posts, applied after the core's own rules and before the commit. Pure: it
/// reads only the room, the post and its target.
public interface PostRule {
  /// Why the post is refused, if it is.
  ///
  /// @param target the message to which the post refers, if it refers to one
  default Optional<Code> objection(RoomState room, Post post, Optional<Post.Fact> target) {
    return Optional.empty();
  }

  /// The message to persist.
  default RoomEvent.Posted accepted(RoomState room, RoomEvent.Posted message) {
    return message;
  }
}
