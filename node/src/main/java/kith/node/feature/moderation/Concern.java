package kith.node.feature.moderation;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.frame.ServerFrame;

/// What concerns one user in the moderation of a room.
///
/// @param reports open reports that the user can handle
record Concern(Optional<Mute> mute, int reports) {
  static final Concern NONE = new Concern(Optional.empty(), 0);

  static Concern of(String user, RoomModeration.Standing standing) {
    return new Concern(
        standing.mutes().stream().filter(mute -> mute.user().equals(user)).findFirst(),
        standing
            .pending()
            .filter(pending -> pending.moderators().contains(user))
            .map(pending -> reports(user, pending))
            .orElse(0));
  }

  /// Without those about the user, who must not know of them.
  private static int reports(String user, RoomModeration.Pending pending) {
    return pending.reports().stream()
        .filter(report -> !report.author().equals(user))
        .mapToInt(RoomModeration.OpenReports::count)
        .sum();
  }

  boolean isMuted(Instant now) {
    return mute.filter(it -> it.isInForce(now)).isPresent();
  }

  ServerFrame frame(String room) {
    return new ServerFrame.Moderation(
        room,
        mute.map(it -> new ServerFrame.OwnMute(it.until(), it.by(), it.reason())),
        reports == 0 ? OptionalInt.empty() : OptionalInt.of(reports));
  }
}
