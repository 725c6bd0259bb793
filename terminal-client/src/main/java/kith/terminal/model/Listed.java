package kith.terminal.model;

import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.Inboxes.Latest;

/// What the server's list of rooms says of a room, besides its name and what is unread.
///
/// @param unreadFrom where this account wants to begin reading again
/// @param isMuted it does not call
/// @param latest its latest message
/// @param with the other one, if it is a conversation of two
public record Listed(
    OptionalLong unreadFrom, boolean isMuted, Optional<Latest> latest, Optional<String> with) {
  public static final Listed NOT =
      new Listed(OptionalLong.empty(), false, Optional.empty(), Optional.empty());

  /// What a change leaves out is as it was.
  Listed changed(InboxRoom row) {
    var before = row.latestHidden().orElse(false) ? Optional.<Latest>empty() : latest;
    return new Listed(
        row.unreadFrom(), row.muted(), row.latest().or(() -> before), row.with().or(() -> with));
  }

  public Listed muted(boolean is) {
    return new Listed(unreadFrom, is, latest, with);
  }

  public Listed with(Optional<String> user) {
    return new Listed(unreadFrom, isMuted, latest, user);
  }

  public Listed unreadFrom(OptionalLong seq) {
    return new Listed(seq, isMuted, latest, with);
  }
}
