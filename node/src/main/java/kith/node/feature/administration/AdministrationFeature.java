package kith.node.feature.administration;

import static org.apache.pekko.http.javadsl.server.Directives.concat;

import java.time.Clock;
import java.util.List;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.room.RoomLog;
import kith.node.core.room.RoomPart;
import kith.node.core.room.Rooms;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import org.apache.pekko.http.javadsl.server.Route;

/// The administration of a server: a list of all accounts, and the routes of administrators. What
/// they decide about an account is in the account's own journal.
public record AdministrationFeature(
    AccountList accounts, Audit audit, Runnable tokenReused, RoomLog log, Clock clock)
    implements Feature {
  @Override
  public List<String> names() {
    return List.of("administration");
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
    return List.of(room -> new AuditedRoom(room.id(), audit, log));
  }

  @Override
  public List<String> accountTables() {
    return List.of(AccountList.TABLE);
  }

  @Override
  public List<Route> routes(Edge edge) {
    var gate = new AdministrationGate(edge.permitted(), audit);
    return List.of(
        concat(
            new AdministrationRoutes(accounts, edge, gate, clock).route(),
            new AuditRoutes(audit, gate, edge.rooms().settings().pageEntries()).route()));
  }
}
