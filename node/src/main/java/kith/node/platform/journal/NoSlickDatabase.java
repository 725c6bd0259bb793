package kith.node.platform.journal;

import com.typesafe.config.Config;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.jdbc.db.SlickDatabase;
import org.apache.pekko.persistence.jdbc.db.SlickDatabaseProvider;
import slick.jdbc.JdbcBackend.JdbcDatabaseDef;
import slick.jdbc.JdbcProfile;

/// The database that Pekko Persistence JDBC opens with Slick: none. It passes it to the data access
/// objects only, and ours have the journal's connections.
///
/// With Slick, a node had two connections more and needed more CPU time to start.
@SuppressWarnings("NullAway") // the plugin passes the values on, and nobody reads them
public final class NoSlickDatabase implements SlickDatabaseProvider, SlickDatabase {
  /// The parameter is the plugin's.
  public NoSlickDatabase(ActorSystem system) {}

  @Override
  public SlickDatabase database(Config plugin) {
    return this;
  }

  @Override
  public JdbcDatabaseDef database() {
    return null;
  }

  @Override
  public JdbcProfile profile() {
    return null;
  }

  @Override
  public boolean allowShutdown() {
    return false;
  }
}
