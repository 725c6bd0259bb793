package kith.node.platform.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs our own SQL off the actors' threads. It fails with a `DatabaseFailure`, or with a
/// `RejectedExecutionException` when the queue is full.
///
/// A method that returns a stage throws nothing: callers that count their work count it until the
/// stage is done.
public final class Jdbc {
  private final DataSource source;
  private final Executor executor;

  /// Work on one connection.
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /// Reads a value from a row.
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  public Jdbc(DataSource source, Executor executor) {
    this.source = source;
    this.executor = executor;
  }

  /// Values may also be an `Instant` or an `Optional`.
  public <T> CompletionStage<List<T>> query(String sql, Row<T> row, Object... values) {
    return with(connection -> rows(connection, sql, row, values));
  }

  /// The number of changed rows.
  public CompletionStage<Integer> update(String sql, Object... values) {
    return with(connection -> change(connection, sql, values));
  }

  /// Runs the work in one transaction.
  public <T> CompletionStage<T> inTransaction(Work<T> work) {
    return with(connection -> {
      connection.setAutoCommit(false);
      try {
        var result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException fault) {
        connection.rollback();
        throw fault;
      }
    });
  }

  public <T> CompletionStage<T> with(Work<T> work) {
    try {
      return CompletableFuture.supplyAsync(() -> now(work), executor);
    } catch (RuntimeException | Error notTaken) {
      return CompletableFuture.failedFuture(notTaken);
    }
  }

  private <T> T now(Work<T> work) {
    try (var connection = source.getConnection()) {
      return work.on(connection);
    } catch (SQLException fault) {
      throw new DatabaseFailure(fault);
    }
  }

  public static <T> List<T> rows(Connection connection, String sql, Row<T> row, Object... values)
      throws SQLException {
    try (var statement = prepared(connection, sql, values);
        var result = statement.executeQuery()) {
      var rows = new ArrayList<T>();
      while (result.next()) rows.add(row.read(result));
      return rows;
    }
  }

  /// The number of changed rows.
  public static int change(Connection connection, String sql, Object... values)
      throws SQLException {
    try (var statement = prepared(connection, sql, values)) {
      int rows = statement.executeUpdate();
      ReplicatedCommit.check(statement);
      return rows;
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... values)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) statement.setObject(i + 1, sql(values[i]));
    return statement;
  }

  private static @Nullable Object sql(Object value) {
    return switch (value) {
      case Instant time -> time.atOffset(ZoneOffset.UTC);
      case Optional<?> maybe -> maybe.isPresent() ? sql(maybe.get()) : null;
      default -> value;
    };
  }
}
