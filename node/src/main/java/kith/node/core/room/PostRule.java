package kith.node.core.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.protocol.Code;

/// A feature's rule about posts, applied after the core's own rules and before the commit. Pure: it
/// reads only the room, the post, its target and the time.
public interface PostRule {
  /// The reason to refuse the post, if there is one.
  ///
  /// @param target the message to which the post refers, if it refers to one
  default Optional<Code> objection(RoomState room, Post post, Optional<Post.Fact> target) {
    return Optional.empty();
  }

  /// As [#objection], for a rule that needs the time of the decision or knows when the post would
  /// be accepted.
  default Optional<Post.Refused> refusal(
      RoomState room, Post post, Optional<Post.Fact> target, Instant now) {
    return objection(room, post, target).map(Post.Refused::new);
  }

  /// As [#refusal], for a rule that counts: posts of one batch are decided on the room before it.
  /// The room asks this one.
  ///
  /// @param earlier the events of the posts of the batch that were accepted before this one
  default Optional<Post.Refused> refusal(
      RoomState room, Post post, Optional<Post.Fact> target, List<RoomEvent> earlier, Instant now) {
    return refusal(room, post, target, now);
  }

  /// The message to persist.
  default RoomEvent.Posted accepted(RoomState room, RoomEvent.Posted message) {
    return message;
  }

  /// As [#accepted], for a rule that needs the answered message. The room asks this one.
  ///
  /// @param answered the message to which it replies, if it is a reply
  default RoomEvent.Posted accepted(
      RoomState room, RoomEvent.Posted message, Optional<Post.Fact> answered) {
    return accepted(room, message);
  }
}
