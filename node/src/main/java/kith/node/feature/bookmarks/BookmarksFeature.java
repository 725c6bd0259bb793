package kith.node.feature.bookmarks;

import java.util.List;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.http.javadsl.server.Route;

/// Bookmarks of an account. A table names the messages ([BookmarkTable]); the rooms and their logs
/// decide which of them the account can read ([BookmarkedMessages]).
public final class BookmarksFeature implements Feature {
  private final BookmarkTable table;

  public BookmarksFeature(Jdbc jdbc, BookmarkSettings settings) {
    this.table = new BookmarkTable(jdbc, settings.perAccount());
  }

  @Override
  public List<String> names() {
    return List.of("bookmarks");
  }

  @Override
  public List<String> accountTables() {
    return List.of("bookmark");
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(new BookmarkRoutes(table, edge).route());
  }
}
