package kith.node.feature.mentions;

import kith.node.core.room.PostRule;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.protocol.Role;

/// Finds the mentions in a post when the room accepts it, because only the room knows its members
/// and which of them may mention everyone.
public record MentionRule(MentionSettings settings) implements PostRule {
  @Override
  public RoomEvent.Posted accepted(RoomState room, RoomEvent.Posted message) {
    var mentions =
        Mentions.in(
            message.body(), settings.perMessage(), name -> counts(room, message.by(), name));
    return mentions.isEmpty() ? message : message.mentioning(mentions.get());
  }

  private static boolean counts(RoomState room, String by, String name) {
    return name.equals(Mentions.EVERYONE) ? mayMentionEveryone(room, by) : room.isMember(name);
  }

  private static boolean mayMentionEveryone(RoomState room, String by) {
    return room.role(by).filter(role -> role.isAtLeast(Role.MODERATOR)).isPresent();
  }
}
