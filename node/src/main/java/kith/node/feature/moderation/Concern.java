package kith.node.feature.moderation;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.frame.ServerFrame;

/// The moderation state of a room that concerns one user.
///
/// @param reports open reports that the user can handle
/// @param joinRequests requests to join that the user can decide
record Concern(Optional<Mute> mute, int reports, int joinRequests) {
  static final Concern NONE = new Concern(Optional.empty(), 0, 0);

  static Concern of(String user, RoomModeration.Standing standing) {
    var pending = standing.pending().filter(it -> it.moderators().contains(user));
    return new Concern(
        standing.mutes().stream().filter(mute -> mute.user().equals(user)).findFirst(),
        pending.map(it -> reports(user, it)).orElse(0),
        pending.map(it -> it.joinRequests().orElse(0)).orElse(0));
  }

  /// The state for a room that is not open on the socket, where mutes do not matter.
  static Concern of(Backlog backlog) {
    return new Concern(Optional.empty(), backlog.reports(), backlog.joinRequests());
  }

  Concern withoutMute() {
    return new Concern(Optional.empty(), reports, joinRequests);
  }

  /// The state without reports about the user, who must not see them.
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
        some(reports),
        some(joinRequests));
  }

  private static OptionalInt some(int count) {
    return count == 0 ? OptionalInt.empty() : OptionalInt.of(count);
  }
}
