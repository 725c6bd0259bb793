package kith.node.feature.moderation;

import java.time.Instant;
import java.util.Optional;
import kith.protocol.frame.ServerFrame;

/// What concerns one user in the moderation of a room.
record Concern(Optional<Mute> mute) {
  static final Concern NONE = new Concern(Optional.empty());

  static Concern of(String user, RoomModeration.Standing standing) {
    return new Concern(
        standing.mutes().stream().filter(mute -> mute.user().equals(user)).findFirst());
  }

  boolean isMuted(Instant now) {
    return mute.filter(it -> it.isInForce(now)).isPresent();
  }

  ServerFrame frame(String room) {
    return new ServerFrame.Moderation(
        room, mute.map(it -> new ServerFrame.OwnMute(it.until(), it.by(), it.reason())));
  }
}
