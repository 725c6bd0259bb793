package kith.node.feature.inbound;

import java.util.Optional;
import kith.node.core.room.Post;
import kith.node.core.room.PostRule;
import kith.node.core.room.Program;
import kith.node.core.room.RoomState;
import kith.protocol.Code;
import kith.protocol.Role;

/// A hook speaks while its creator is an owner of the room. The room decides this with the message,
/// so a hook ends at the same moment as the role.
record HookRule() implements PostRule {
  @Override
  public Optional<Code> objection(RoomState room, Post post, Optional<Post.Fact> target) {
    var isOfHook =
        post instanceof Post.Say say
            && say.program().filter(it -> it.kind().equals(Program.HOOK)).isPresent();
    var isByOwner =
        room.role(post.answerable()).filter(role -> role.isAtLeast(Role.OWNER)).isPresent();
    return isOfHook && !isByOwner ? Optional.of(Code.NOT_ALLOWED) : Optional.empty();
  }
}
