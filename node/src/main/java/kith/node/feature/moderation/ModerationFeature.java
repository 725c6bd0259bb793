package kith.node.feature.moderation;

import java.time.Clock;
import java.util.List;
import kith.node.audit.Audit;
import kith.node.core.relay.RelayPart;
import kith.node.core.relay.Relays;
import kith.node.core.room.RoomPart;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.AuditMetrics;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.server.Route;

/// Moderation of rooms. A moderator mutes a member ([MuteRoutes]); the room stores that and refuses
/// the member's posts ([RoomModeration], [Mutes]); its relays tell the member, and nobody else
/// ([RelayModeration], [ModerationSessionPart]).
public final class ModerationFeature implements Feature {
  private final NodeSettings.Moderation settings;
  private final Clock clock;
  private final RoomModeration.Factory ofRooms;

  public ModerationFeature(
      Jdbc jdbc, NodeSettings.Moderation settings, Audit audit, AuditMetrics metrics, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.ofRooms =
        new RoomModeration.Factory(
            new JdbcMutes(jdbc, settings.mutesPerRoom()),
            (act, by, room, user, detail) -> {
              var entry = audit.entry(act, by).in(room).about(user);
              audit.record(detail.map(entry::with).orElse(entry));
            },
            metrics::refusedMuted,
            clock);
  }

  @Override
  public List<String> names() {
    return List.of("moderation");
  }

  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(ofRooms);
  }

  @Override
  public List<RelayPart.Factory> relayParts() {
    return List.of(new RelayModeration.Factory());
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new ModerationSessionPart.Factory(clock));
  }

  @Override
  public List<String> accountTables() {
    return List.of("room_mute");
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(
        new MuteRoutes(edge.rooms(), edge.authenticated(), edge.bodies(), settings.longestMute())
            .route());
  }
}
