package kith.node.feature.bots;

import java.util.List;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.http.javadsl.server.Route;

/// Bots: their owners make them and give them tokens ([BotRoutes]). The account of a bot asks for
/// its owner at each use of a token, and a room lets a bot do what its owner may do there, too.
/// Administrators make bots of the server, which have no owner.
public final class BotsFeature implements Feature {
  private final BotTable table;
  private final AccountSettings.SignUp signUp;

  /// @param signUp contains the names that nobody may take
  public BotsFeature(Jdbc jdbc, BotSettings settings, AccountSettings.SignUp signUp) {
    this.table = new BotTable(jdbc, settings.perOwner(), settings.ofServer());
    this.signUp = signUp;
  }

  @Override
  public List<String> names() {
    return List.of("bots");
  }

  @Override
  public List<String> accountTables() {
    return List.of("bot");
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(route(edge, new BotOwnership.OfUser(edge.permitted())));
  }

  @Override
  public List<Route> administratorRoutes(Edge edge) {
    return List.of(route(edge, new BotOwnership.OfServer(edge.administrators())));
  }

  private Route route(Edge edge, BotOwnership ownership) {
    return new BotRoutes(table, edge.accounts(), ownership, edge.bodies(), signUp::isReserved)
        .route();
  }
}
