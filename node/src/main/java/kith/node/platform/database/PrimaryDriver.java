package kith.node.platform.database;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's driver, with two additions: if a URL names several servers, it uses only the
/// current primary ([Servers]), and a commit that was not replicated fails ([ReplicatedCommit]).
///
/// The driver's own `targetServerType=primary` takes the first server that accepts writes, which
/// may be a former primary.
public final class PrimaryDriver implements Driver {
  static final PrimaryDriver INSTANCE = registered();

  private static final Driver POSTGRES = new org.postgresql.Driver();

  // pools find a driver by the name of its class
  private static PrimaryDriver registered() {
    var driver = new PrimaryDriver();
    try {
      DriverManager.registerDriver(driver);
      return driver;
    } catch (SQLException fault) {
      throw new IllegalStateException(fault);
    }
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    if (!JdbcUrl.isOne(url)) return null;
    var servers = Servers.of(url);
    return ReplicatedCommit.guard(
        servers.isPresent() ? servers.get().connect(info) : one(url, info));
  }

  /// A connection to the only server of this URL.
  static Connection one(String url, Properties info) throws SQLException {
    var connection = POSTGRES.connect(url, info);
    if (connection == null) throw new SQLException("not a URL of PostgreSQL", "08001");
    return connection;
  }

  @Override
  public boolean acceptsURL(String url) {
    return JdbcUrl.isOne(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return POSTGRES.getPropertyInfo(url, info);
  }

  @Override
  public int getMajorVersion() {
    return POSTGRES.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return POSTGRES.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.postgresql");
  }
}
