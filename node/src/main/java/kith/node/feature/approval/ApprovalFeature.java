package kith.node.feature.approval;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import kith.node.audit.Audit;
import kith.node.auth.KeyedThrottle;
import kith.node.auth.LoginThrottle;
import kith.node.core.account.Account;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.relay.Relays;
import kith.node.core.room.RoomPart;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.AuditMetrics;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.http.javadsl.server.Route;

/// Rooms whose moderators approve who joins. A user asks ([JoinRoutes]); the room stores the
/// request and its outcome ([RoomApproval], [RequestList]); the account notifies the user's
/// clients, and joins when a moderator has accepted ([AccountJoins]).
public final class ApprovalFeature implements Feature {
  private final RequestStore store;
  private final KeyedThrottle<String> throttle;
  private final RoomApproval.Factory ofRooms;
  private final Clock clock;

  public ApprovalFeature(
      ClusterSharding sharding,
      Jdbc jdbc,
      ApprovalSettings settings,
      Audit audit,
      AuditMetrics metrics,
      Clock clock) {
    this.store = new JdbcRequests(jdbc, settings);
    this.throttle = new KeyedThrottle<>(settings.asks(), clock, LoginThrottle.MOST_KEYS);
    this.clock = clock;
    this.ofRooms =
        new RoomApproval.Factory(
            store,
            (user, command) -> sharding.entityRefFor(Account.KEY, user).tell(command),
            settings,
            audit::record,
            fate -> metrics.joinRequest(fate.name().toLowerCase(Locale.ROOT)),
            clock);
  }

  @Override
  public List<String> names() {
    return List.of("join-requests");
  }

  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(ofRooms);
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(AccountJoins.part(store, rooms::tell));
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new JoinsSessionPart.Factory());
  }

  @Override
  public List<String> accountTables() {
    return List.of("join_request");
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(new JoinRoutes(store, throttle, clock, edge).route());
  }
}
