package kith.node.platform.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// A commit that succeeds only if the server has replicated it as configured.
///
/// If a backend is cancelled while it waits for its synchronous standby (`pg_cancel_backend`),
/// PostgreSQL reports success, with the warning that the commit may not be on the standby. The
/// outcome is then unknown, because a failover would lose the commit.
public final class ReplicatedCommit {
  // of the SQL standard: transaction resolution unknown; pools discard the connection
  private static final String UNKNOWN_OUTCOME = "08007";
  // any warning without a class of its own: the texts are translated
  private static final String WARNING = "01000";

  private ReplicatedCommit() {}

  /// The same connection, whose `commit` fails with `08007` when it was not replicated.
  static Connection guard(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            ReplicatedCommit.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> call(connection, method, arguments));
  }

  private static @Nullable Object call(
      Connection connection, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    var commits = commits(method, arguments);
    if (commits) connection.clearWarnings();
    try {
      var result = method.invoke(connection, arguments);
      if (commits) check(connection.getWarnings());
      return result;
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static boolean commits(Method method, @Nullable Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "commit" -> true;
      case "setAutoCommit" -> arguments != null && Boolean.TRUE.equals(arguments[0]);
      default -> false;
    };
  }

  /// Fails if this statement, with automatic commit, was not replicated.
  public static void check(Statement statement) throws SQLException {
    check(statement.getWarnings());
  }

  private static void check(@Nullable SQLWarning first) throws SQLException {
    for (var warning = first; warning != null; warning = warning.getNextWarning())
      if (WARNING.equals(warning.getSQLState()))
        throw new SQLException(
            "The commit may not have been replicated.", UNKNOWN_OUTCOME, warning);
  }
}
