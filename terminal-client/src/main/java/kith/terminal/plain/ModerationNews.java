package kith.terminal.plain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.ServerFrame.OwnMute;
import kith.protocol.rest.Joining.OwnJoinRequest;

/// Makes lines of the changes since the last frame: of the user's mutes and requests to join, and
/// of a moderator's open tasks.
final class ModerationNews {
  private final Map<String, OwnMute> mutes = new HashMap<>();
  private final Map<String, Integer> reports = new HashMap<>();
  private final Map<String, Integer> joins = new HashMap<>();
  private List<OwnJoinRequest> joinRequests = List.of();

  /// @param name of the room
  List<String> lines(String name, ServerFrame.Moderation it) {
    var room = it.room();
    int reported = it.reports().orElse(0);
    int asked = it.joinRequests().orElse(0);
    var lines =
        Stream.of(
                ModerationLines.news(name, Optional.ofNullable(mutes.get(room)), it.mute()),
                ModerationLines.news(name, reports.getOrDefault(room, 0), reported),
                JoinLines.news(name, joins.getOrDefault(room, 0), asked))
            .flatMap(Optional::stream)
            .toList();
    joins.put(room, asked);
    if (it.mute().isPresent()) mutes.put(room, it.mute().get());
    else mutes.remove(room);
    reports.put(room, reported);
    return lines;
  }

  List<String> lines(ServerFrame.JoinRequests it) {
    var lines =
        JoinLines.news(joinRequests, it.requests(), it.joined().map(ServerFrame.JoinedRoom::name));
    joinRequests = it.requests();
    return lines;
  }
}
