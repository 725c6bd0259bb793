package kith.node.feature.inbound;

import java.time.Clock;
import java.util.List;
import kith.node.audit.Audit;
import kith.node.auth.KeyedThrottle;
import kith.node.auth.LoginThrottle;
import kith.node.core.room.PostRule;
import kith.node.core.room.Projection;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.http.javadsl.server.Route;

/// Incoming webhooks. An owner of a room makes one ([HookRoutes]); a program sends a message to its
/// address ([HookPosts]) in one of several formats ([Payloads]); the room accepts it while the
/// creator is its owner ([HookRule]).
public final class InboundFeature implements Feature {
  private final InboundSettings settings;
  private final int bodyBytes;
  private final Audit audit;
  private final HookTable table;
  private final KeyedThrottle<String> throttle;

  /// @param bodyBytes the longest message
  public InboundFeature(
      Jdbc jdbc, InboundSettings settings, int bodyBytes, Audit audit, Clock clock) {
    this.audit = audit;
    this.settings = settings;
    this.bodyBytes = bodyBytes;
    this.table = new HookTable(jdbc, settings.perRoom());
    this.throttle = new KeyedThrottle<>(settings.messages(), clock, LoginThrottle.MOST_KEYS);
  }

  @Override
  public List<String> names() {
    return List.of("inbound-hooks");
  }

  @Override
  public List<PostRule> postRules() {
    return List.of(new HookRule());
  }

  @Override
  public List<Projection> projections() {
    return List.of(new HookProjection());
  }

  @Override
  public List<String> accountTables() {
    return List.of("inbound_hook");
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(
        new HookRoutes(table, edge.rooms(), edge.authenticated(), edge.bodies(), audit).route(),
        new HookPosts(table, throttle, edge.accounts(), edge.rooms(), settings.body(), bodyBytes)
            .route());
  }
}
