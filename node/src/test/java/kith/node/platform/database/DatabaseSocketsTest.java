package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DatabaseSocketsTest {
  @Test
  void anAbortEndsAStatementThatWaitsForItsAnswer() throws Exception {
    try (var sockets = new DatabaseSockets()) {
      var url = TestPostgres.migratedDatabase().over(sockets);
      var answer = CompletableFuture.supplyAsync(() -> sleep(url), Thread::startVirtualThread);
      awaitSleep(url);

      sockets.abort();

      assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(SocketException.class);
      try (var again = url.connect(Duration.ofSeconds(5))) {
        assertThat(again.isValid(5)).isTrue();
      }
    }
  }

  @Test
  void onlyStatementsSentBeforeTheCutoffAreAborted() throws Exception {
    try (var sockets = new DatabaseSockets()) {
      var url = TestPostgres.migratedDatabase().over(sockets);
      try (var idle = url.connect()) {
        var before = System.nanoTime();
        var answer = CompletableFuture.supplyAsync(() -> sleep(url), Thread::startVirtualThread);
        awaitSleep(url);

        sockets.abortUnanswered(before);
        assertThat(answer).isNotDone();

        sockets.abortUnanswered(System.nanoTime());
        assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
            .hasRootCauseInstanceOf(SocketException.class);
        assertThat(idle.isValid(5)).isTrue();
      }
    }
  }

  private static boolean sleep(JdbcUrl url) {
    try (var connection = url.connect();
        var statement = connection.createStatement()) {
      // longer than the test waits
      return statement.execute("SELECT pg_sleep(300)");
    } catch (SQLException fault) {
      throw new DatabaseFailure(fault);
    }
  }

  private static void awaitSleep(JdbcUrl sleeping) throws SQLException {
    var observer = new JdbcUrl(sleeping.url(), sleeping.user(), sleeping.password());
    try (var connection = observer.connect()) {
      var isAsleep = false;
      while (!isAsleep)
        isAsleep =
            Jdbc.rows(
                    connection,
                    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                        + " AND datname = current_database())",
                    row -> row.getBoolean(1))
                .getFirst();
    }
  }
}
