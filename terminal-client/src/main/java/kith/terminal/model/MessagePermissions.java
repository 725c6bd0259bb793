package kith.terminal.model;

import java.util.Optional;
import kith.protocol.Role;
import kith.protocol.frame.Entry;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.keys.Action;

/// The changes of a message that the user's role and the room permit, as far as both are known. The
/// server decides; this check only avoids refusals.
public final class MessagePermissions {
  private MessagePermissions() {}

  /// The reason why the user may not do this to a message; empty if it is permitted or not known.
  public static Optional<String> refusal(
      Room room, Entry.Message message, String me, Action action) {
    return switch (action) {
      case EDIT, REMOVE, PIN, REACT, REPLY ->
          isArchived(room)
              ? Optional.of("This room is archived: nothing in it changes.")
              : ofRole(room, message, me, action);
      default -> Optional.empty();
    };
  }

  private static boolean isArchived(Room room) {
    return room.listing().isArchived() || room.listing().restrictions().settings().forbidsChanges();
  }

  private static Optional<String> ofRole(
      Room room, Entry.Message message, String me, Action action) {
    boolean isMine = message.by().equals(me);
    boolean isDirect = room.listing().with().isPresent();
    boolean isMember = isDirect || role(room, me).equals(Optional.of(Role.MEMBER));
    return switch (action) {
      case EDIT -> isMine ? Optional.empty() : Optional.of("You can edit only your own messages.");
      case REMOVE ->
          isMember && !isMine
              ? Optional.of("You can remove only your own messages.")
              : Optional.empty();
      case PIN ->
          isMember && !isDirect
              ? Optional.of("Only moderators and owners pin messages in this room.")
              : Optional.empty();
      case REPLY ->
          isMember && !isDirect && room.listing().restrictions().settings().restrictsWriting()
              ? Optional.of("Only moderators and owners write in this room.")
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Role> role(Room room, String user) {
    return room.members().stream()
        .filter(it -> it.user().equals(user))
        .map(Member::role)
        .findFirst();
  }
}
