package kith.terminal.model;

import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.Inboxes.Latest;

/// The data of an inbox row, besides the name and the unread counts.
///
/// @param unreadFrom the entry from which the user marked the room as unread
/// @param isMuted it causes no notifications and counts as unread only if it mentions the user
/// @param latest its latest message
/// @param with the other user, in a direct conversation
/// @param isGone the user is no longer a member; it is shown for the sake of unsent posts, or of
///   text in the editor
/// @param restrictions the known limits on the user's messages
public record RoomListing(
    OptionalLong unreadFrom,
    boolean isMuted,
    Optional<Latest> latest,
    Optional<String> with,
    boolean isGone,
    Restrictions restrictions) {
  public static final RoomListing NONE =
      new RoomListing(
          OptionalLong.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          false,
          Restrictions.NONE);

  /// Fields that an update omits keep their values.
  RoomListing changed(InboxRoom row) {
    var before = row.latestHidden().orElse(false) ? Optional.<Latest>empty() : latest;
    return new RoomListing(
        row.unreadFrom(),
        row.muted(),
        row.latest().or(() -> before),
        row.with().or(() -> with),
        false,
        // a row without the name has only numbers
        row.visibility().isEmpty()
            ? restrictions
            : restrictions.with(restrictions.settings().archived(row.archived().orElse(false))));
  }

  /// Nobody can write in it.
  public boolean isArchived() {
    return restrictions.settings().forbidsChanges();
  }

  public RoomListing muted(boolean is) {
    return new RoomListing(unreadFrom, is, latest, with, isGone, restrictions);
  }

  public RoomListing with(Optional<String> user) {
    return new RoomListing(unreadFrom, isMuted, latest, user, isGone, restrictions);
  }

  public RoomListing unreadFrom(OptionalLong seq) {
    return new RoomListing(seq, isMuted, latest, with, isGone, restrictions);
  }

  public RoomListing gone() {
    return new RoomListing(OptionalLong.empty(), isMuted, latest, with, true, restrictions);
  }

  public RoomListing with(Restrictions changed) {
    return new RoomListing(unreadFrom, isMuted, latest, with, isGone, changed);
  }
}
