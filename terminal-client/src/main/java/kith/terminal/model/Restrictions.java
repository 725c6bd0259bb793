package kith.terminal.model;

import java.util.Optional;
import kith.protocol.frame.ServerFrame.OwnMute;
import kith.protocol.rest.RoomRequests.Moderation;

/// What limits the user's messages in a room.
///
/// @param settings of the room, for everybody
/// @param mute of the user
public record Restrictions(Moderation settings, Optional<OwnMute> mute) {
  public static final Restrictions NONE = new Restrictions(Moderation.NONE, Optional.empty());

  public Restrictions with(Moderation newSettings) {
    return new Restrictions(newSettings, mute);
  }

  public Restrictions with(Optional<OwnMute> newMute) {
    return new Restrictions(settings, newMute);
  }
}
