package kith.node.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kith.node.config.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeLockTest {
  private final JdbcUrl url = TestPostgres.freshDatabase();

  @Test
  void aSecondNodeIsRefused() {
    try (var _ = NodeLock.take(url, NodeLock.GRACE, () -> {})) {
      assertThatThrownBy(() -> NodeLock.take(url, NodeLock.GRACE, () -> {}))
          .isInstanceOf(StartFailure.class)
          .hasMessageStartingWith("Another node is using the database");
    }
  }

  @Test
  void theNextNodeMayHaveIt() {
    NodeLock.take(url, NodeLock.GRACE, () -> {}).close();

    NodeLock.take(url, NodeLock.GRACE, () -> {}).close();
  }

  @Test
  void aLockThatIsClosedWhileItIsTakenAgainIsNotLeftBehind() throws Exception {
    var lock = NodeLock.take(url, NodeLock.GRACE, () -> {});
    lock.close();

    // the keeper was in the middle of this
    lock.attempt();

    NodeLock.take(url, NodeLock.GRACE, () -> {}).close();
  }

  @Test
  void aLockThatTheDatabaseForgotIsTakenAgain() throws Exception {
    try (var _ = NodeLock.take(url, NodeLock.GRACE, () -> {});
        var operator = url.connect()) {
      long first = holder(operator);

      end(operator, first);

      long next = holder(operator);
      while (next == first || next == 0) next = holder(operator);
      assertThat(next).isNotEqualTo(first);
    }
  }

  @Test
  void aLockThatAnotherNodeKeepsIsLost() throws Exception {
    var lost = new CountDownLatch(1);
    try (var _ = NodeLock.take(url, Duration.ofMillis(1), lost::countDown);
        var other = url.connect();
        var operator = url.connect();
        var statement = other.createStatement()) {
      // waits in the queue of the lock, so it is first when the lock is free
      var waiting = Thread.ofVirtual().start(() -> lock(statement));
      while (waiters(operator) == 0) Thread.onSpinWait();

      end(operator, holder(operator));

      assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
      waiting.join();
    }
  }

  private static void lock(Statement statement) {
    try {
      statement.execute("SELECT pg_advisory_lock(" + NodeLock.KEY + ")");
    } catch (SQLException fault) {
      throw new AssertionError(fault);
    }
  }

  private static void end(Connection operator, long process) throws SQLException {
    Jdbc.rows(operator, "SELECT pg_terminate_backend(" + process + ")", row -> row.getBoolean(1));
  }

  private static long holder(Connection operator) throws SQLException {
    return ask(
        operator,
        "SELECT coalesce(max(pid), 0) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database ="
            + " (SELECT oid FROM pg_database WHERE datname = current_database())");
  }

  private static long waiters(Connection operator) throws SQLException {
    return ask(
        operator, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
  }

  private static long ask(Connection operator, String sql) throws SQLException {
    return Jdbc.rows(operator, sql, row -> row.getLong(1)).getFirst();
  }
}
