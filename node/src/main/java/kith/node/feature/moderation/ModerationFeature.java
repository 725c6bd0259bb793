package kith.node.feature.moderation;

import java.time.Clock;
import java.util.List;
import kith.node.audit.Audit;
import kith.node.auth.KeyedThrottle;
import kith.node.auth.LoginThrottle;
import kith.node.core.relay.RelayPart;
import kith.node.core.relay.Relays;
import kith.node.core.room.Projection;
import kith.node.core.room.RoomLog;
import kith.node.core.room.RoomPart;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.config.Intervals;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.AuditMetrics;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.http.javadsl.server.Route;

/// Moderation of rooms. A moderator mutes a member ([MuteRoutes]); the room stores that and refuses
/// the member's posts ([RoomModeration], [Mutes]); its relays notify only the member
/// ([RelayModeration], [ModerationSessionPart]). Members report messages to moderators
/// ([ReportRoutes], [ReportTable]). Moderators receive their open tasks in all their rooms
/// ([ModeratorProjection], [BacklogNews]).
public final class ModerationFeature implements Feature {
  private final ModerationSettings settings;
  private final Clock clock;
  private final Audit audit;
  private final RoomLog log;
  private final ReportTable reports;
  private final KeyedThrottle<String> throttle;
  private final ActorRef<BacklogNews.Command> news;
  private final RoomModeration.Factory ofRooms;

  public ModerationFeature(
      ActorSystem<?> system,
      Jdbc jdbc,
      RoomLog log,
      ModerationSettings settings,
      Audit audit,
      AuditMetrics metrics,
      Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.audit = audit;
    this.log = log;
    this.reports = new ReportTable(jdbc, settings.openReports(), settings.reportRetention());
    this.throttle = new KeyedThrottle<>(settings.reports(), clock, LoginThrottle.MOST_KEYS);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Intervals.FIRST_ERASURE,
            Intervals.ERASURE,
            () -> {
              // the next run repeats a failed one
              var _ = reports.forgetHandled(clock.instant());
            },
            system.executionContext());
    this.news =
        system.systemActorOf(
            BacklogNews.create(new BacklogTable(jdbc, clock)), "moderation-news", Props.empty());
    this.ofRooms =
        new RoomModeration.Factory(
            new JdbcMutes(jdbc, settings.mutesPerRoom()),
            reports::open,
            audit::record,
            metrics::refusedMuted,
            this::changed,
            clock);
  }

  private void changed(String room) {
    news.tell(new BacklogNews.Changed(room));
  }

  @Override
  public List<String> names() {
    return List.of("moderation", "reports");
  }

  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(ofRooms);
  }

  @Override
  public List<Projection> projections() {
    return List.of(new ModeratorProjection(this::changed));
  }

  @Override
  public List<RelayPart.Factory> relayParts() {
    return List.of(new RelayModeration.Factory());
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new ModerationSessionPart.Factory(news, clock));
  }

  @Override
  public List<String> accountTables() {
    return List.of("room_mute", "room_moderator", "message_report");
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(
        new MuteRoutes(edge.rooms(), edge.authenticated(), edge.bodies(), settings.longestMute())
            .route(),
        reportRoutes(edge).route());
  }

  @Override
  public List<Route> administratorRoutes(Edge edge) {
    return List.of(reportRoutes(edge).forAdministrators());
  }

  private ReportRoutes reportRoutes(Edge edge) {
    return new ReportRoutes(
        reports,
        new ReportedMessages(log, settings.reportNeighbours()),
        throttle,
        audit,
        clock,
        edge);
  }
}
