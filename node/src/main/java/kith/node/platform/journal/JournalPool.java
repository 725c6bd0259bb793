package kith.node.platform.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import kith.node.platform.database.Database;
import kith.node.platform.database.JdbcUrl;

/// The journal's connections to PostgreSQL.
final class JournalPool implements JournalConnection.Source, AutoCloseable {
  private final HikariDataSource pool;

  JournalPool(JdbcUrl url, int connections) {
    pool = new HikariDataSource(Database.poolConfig("journal", url, connections));
  }

  DataSource source() {
    return pool;
  }

  @Override
  public JournalConnection open() throws SQLException {
    return new Pooled(pool.getConnection());
  }

  private final class Pooled implements JournalConnection {
    private final Connection connection;

    Pooled(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void insert(List<JournalRow> rows) throws SQLException {
      JournalTable.insert(connection, rows);
    }

    @Override
    public void discard() {
      pool.evictConnection(connection);
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /// Breaks the connections that are in use.
  @Override
  public void close() {
    pool.close();
  }
}
