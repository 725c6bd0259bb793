package kith.node.feature.search;

import java.time.Clock;
import java.util.List;
import kith.node.core.room.Projection;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.http.javadsl.server.Route;

/// Search over all rooms of an account. A projection keeps the terms of messages
/// ([SearchProjection]), an index names candidates ([SearchIndex]), and the results come from the
/// rooms and their logs ([MessageSearch]).
public final class SearchFeature implements Feature {
  private final SearchIndex index;
  private final SearchSettings settings;
  private final RunningSearches running;
  private final SearchMetrics metrics;

  /// @param jdbc with connections of its own, so that no other request waits for a search
  public SearchFeature(Jdbc jdbc, SearchSettings settings, SearchMetrics metrics, Clock clock) {
    this.index = new SearchIndex(jdbc, clock, System::nanoTime);
    this.settings = settings;
    this.running = new RunningSearches(settings.perAccount());
    this.metrics = metrics;
  }

  @Override
  public List<String> names() {
    return List.of("search");
  }

  @Override
  public List<Projection> projections() {
    return List.of(new SearchProjection());
  }

  @Override
  public List<Route> routes(Edge edge) {
    var search =
        new MessageSearch(
            index, edge.accounts(), edge.rooms(), settings.time().toNanos(), System::nanoTime);
    return List.of(
        new SearchRoutes(
                search,
                running,
                edge.rooms().settings().pageEntries(),
                metrics,
                edge.authenticated())
            .route());
  }
}
