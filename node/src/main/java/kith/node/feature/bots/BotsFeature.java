package kith.node.feature.bots;

import java.util.List;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.http.javadsl.server.Route;

/// Bots: their owners make them and give them tokens ([BotRoutes]). The account of a bot asks for
/// its owner at each use of a token, and a room lets a bot do what its owner may do there, too.
public final class BotsFeature implements Feature {
  private final BotTable table;
  private final NodeSettings.SignUp signUp;

  /// @param signUp has the names that nobody may take
  public BotsFeature(Jdbc jdbc, NodeSettings.Bots settings, NodeSettings.SignUp signUp) {
    this.table = new BotTable(jdbc, settings.perOwner());
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
    return List.of(
        new BotRoutes(table, edge.accounts(), edge.permitted(), edge.bodies(), signUp::isReserved)
            .route());
  }
}
