package kith.node.feature.administration;

import java.time.Clock;
import java.util.List;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.room.Rooms;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import org.apache.pekko.http.javadsl.server.Route;

/// The administration of a server: a list of all accounts, and the routes of administrators. What
/// they decide about an account is in the account's own journal.
public record AdministrationFeature(AccountList accounts, Clock clock) implements Feature {
  @Override
  public List<String> names() {
    return List.of("administration");
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(AccountListing.part(accounts::keep));
  }

  @Override
  public List<String> accountTables() {
    return List.of(AccountList.TABLE);
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(new AdministrationRoutes(accounts, edge, clock).route());
  }
}
