package kith.node.feature.administration;

import static org.apache.pekko.http.javadsl.server.Directives.concat;

import java.time.Clock;
import java.util.List;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.auth.ServerInvitations;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.relay.Relays;
import kith.node.core.room.PostRule;
import kith.node.core.room.RoomLog;
import kith.node.core.room.RoomPart;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.ClientAddress;
import kith.node.gateway.http.Edge;
import kith.protocol.Limits;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.server.Route;

/// The administration of a server: a list of all accounts, and the routes of administrators. Their
/// decisions about an account are in the account's own journal.
public record AdministrationFeature(
    AccountList accounts,
    Audit audit,
    Runnable tokenReused,
    RoomLog log,
    RoomList rooms,
    AccountExport export,
    TextFilter filter,
    Runnable filtered,
    ServerInvitations invitations,
    ConditionWatch.Copy condition,
    Limits limits,
    Clock clock)
    implements Feature {
  @Override
  public List<String> names() {
    return List.of("administration", "notices", "export");
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(
        AccountListing.part(
            accounts::keep,
            user -> {
              tokenReused.run();
              audit.record(audit.entry(AuditAct.REFRESH_TOKEN_REUSED, "").about(user));
            }));
  }

  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(
        room -> new AuditedRoom(room.id(), audit, log), _ -> new FilteredRoom(filter, filtered));
  }

  @Override
  public List<PostRule> postRules() {
    return List.of(filter);
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new ConditionPart.Factory(condition, clock));
  }

  /// The routes for clients, without requests of banned networks, and without changes while the
  /// server is in maintenance.
  public Route guarded(ClientAddress clients, Route routes) {
    return new ServerGuard(condition, clients, clock).guarded(routes);
  }

  @Override
  public List<String> accountTables() {
    return List.of(AccountList.TABLE);
  }

  @Override
  public List<Route> administratorRoutes(Edge edge) {
    var gate = edge.administrators();
    var page = edge.rooms().settings().pageEntries();
    return List.of(
        concat(
            new AdministrationRoutes(accounts, edge, gate, clock).route(),
            new ExportRoutes(export, edge.accounts(), edge.authenticated(), gate).route(),
            new InvitationAdministration(invitations, gate, edge.bodies(), page).route(),
            new AuditRoutes(audit, gate, page).route(),
            new AdministeredRooms(rooms, edge.rooms(), gate, edge.bodies()).route(),
            new ConditionRoutes(condition, filter, gate, edge.bodies(), page, limits, clock)
                .route()));
  }
}
