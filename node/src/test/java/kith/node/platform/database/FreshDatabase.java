package kith.node.platform.database;

import java.util.Map;
import java.util.Optional;
import kith.node.NodeSettings;

/// A migrated database on the tests' PostgreSQL, with synchronous SQL.
public final class FreshDatabase implements AutoCloseable {
  private final Database database;
  private final Jdbc jdbc;

  private FreshDatabase(Database database) {
    this.database = database;
    this.jdbc = new Jdbc(database.source(), Runnable::run);
  }

  public static FreshDatabase take() {
    var url = TestPostgres.migratedDatabase();
    var settings =
        NodeSettings.read(
            Optional.empty(),
            Map.of(
                "kith.database.url", url.url(),
                "kith.database.user", url.user().orElseThrow(),
                "kith.database.password", url.password().orElseThrow()));
    return new FreshDatabase(Database.start(settings.database()));
  }

  public Jdbc jdbc() {
    return jdbc;
  }

  @Override
  public void close() {
    database.close();
  }
}
