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
public record RoomListing(
    OptionalLong unreadFrom, boolean isMuted, Optional<Latest> latest, Optional<String> with) {
  public static final RoomListing NONE =
      new RoomListing(OptionalLong.empty(), false, Optional.empty(), Optional.empty());

  /// What a change leaves out is as it was.
  RoomListing changed(InboxRoom row) {
    var before = row.latestHidden().orElse(false) ? Optional.<Latest>empty() : latest;
    return new RoomListing(
        row.unreadFrom(), row.muted(), row.latest().or(() -> before), row.with().or(() -> with));
  }

  public RoomListing muted(boolean is) {
    return new RoomListing(unreadFrom, is, latest, with);
  }

  public RoomListing with(Optional<String> user) {
    return new RoomListing(unreadFrom, isMuted, latest, user);
  }

  public RoomListing unreadFrom(OptionalLong seq) {
    return new RoomListing(seq, isMuted, latest, with);
  }
}
