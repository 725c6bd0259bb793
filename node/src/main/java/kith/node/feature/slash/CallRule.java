package kith.node.feature.slash;

import java.util.Optional;
import kith.node.core.room.Post;
import kith.node.core.room.PostRule;
import kith.node.core.room.Program;
import kith.node.core.room.RoomState;
import kith.protocol.Code;

/// A bot answers a call of a member. The room decides this with the message, so a call of a member
/// who has left gets no answer, and only a bot can answer.
record CallRule() implements PostRule {
  @Override
  public Optional<Code> objection(RoomState room, Post post, Optional<Post.Fact> target) {
    return post instanceof Post.Say say
        ? say.program().flatMap(Program::call).flatMap(call -> objection(room, say, call))
        : Optional.empty();
  }

  private static Optional<Code> objection(RoomState room, Post.Say say, Program.Call call) {
    if (room.owner(say.sender()).isEmpty()) return Optional.of(Code.NOT_ALLOWED);
    return room.isMember(call.by()) ? Optional.empty() : Optional.of(Code.CALL_OVER);
  }
}
