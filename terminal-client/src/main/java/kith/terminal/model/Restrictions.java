package kith.terminal.model;

import java.util.Optional;
import kith.protocol.frame.ServerFrame.OwnMute;
import kith.protocol.rest.RoomRequests.Moderation;

/// The limits on the user's messages in a room.
///
/// @param settings of the room, for everybody
/// @param mute of the user
/// @param reports open reports that the user can handle
/// @param joins requests to join that the user can decide
public record Restrictions(Moderation settings, Optional<OwnMute> mute, int reports, int joins) {
  public static final Restrictions NONE = new Restrictions(Moderation.NONE, Optional.empty(), 0, 0);

  /// The open tasks of this user as a moderator.
  public int waiting() {
    return reports + joins;
  }

  public Restrictions with(Moderation newSettings) {
    return new Restrictions(newSettings, mute, reports, joins);
  }

  public Restrictions with(Optional<OwnMute> newMute, int newReports, int newJoins) {
    return new Restrictions(settings, newMute, newReports, newJoins);
  }
}
