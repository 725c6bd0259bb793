package kith.node.feature.threads;

import java.util.Optional;
import kith.node.core.room.Post;
import kith.node.core.room.PostRule;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;

/// Puts each reply into the thread of the message that it answers. Threads have no threads: the
/// reply to a reply belongs to the same thread.
record ThreadRule() implements PostRule {
  @Override
  public RoomEvent.Posted accepted(
      RoomState room, RoomEvent.Posted message, Optional<Post.Fact> answered) {
    var root = answered.map(Post.Fact::thread).filter(it -> it.isPresent());
    return root.isEmpty() ? message : message.inThread(root.get().getAsLong());
  }
}
