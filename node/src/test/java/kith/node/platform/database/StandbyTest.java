package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kith.node.StoryOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A real primary and its real synchronous standby.
@Tag("story")
@Order(StoryOrder.LONG)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StandbyTest {
  private static final String WAITS_FOR_STANDBY =
      "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')";

  private StandbyPair pair;

  @BeforeEach
  void start() throws Exception {
    pair = StandbyPair.start("test");
  }

  @AfterEach
  void end() {
    pair.close();
  }

  @Test
  void connectionsGoToThePrimaryAndFollowAPromotion() throws Exception {
    assertThat(port(pair.url())).isEqualTo(pair.a().port());

    pair.a().kill();
    assertThatThrownBy(pair.url()::connect)
        .isInstanceOf(NoPrimary.class)
        .hasMessage(
            "has no primary: 127.0.0.1:%d cannot be reached, 127.0.0.1:%d is a standby"
                .formatted(pair.a().port(), pair.b().port()));
    pair.b().promote();

    assertThat(port(pair.url())).isEqualTo(pair.b().port());
  }

  @Test
  void aFormerPrimaryThatComesBackGetsNoConnection() throws Exception {
    assertThat(port(pair.url())).isEqualTo(pair.a().port());
    pair.a().kill();
    pair.b().promote();
    assertThat(port(pair.url())).isEqualTo(pair.b().port());

    pair.a().start();
    assertThat(port(pair.url())).isEqualTo(pair.b().port());
    // a process that knows nothing yet
    assertThat(port(Servers.parse(pair.url().url()))).isEqualTo(pair.b().port());

    pair.b().kill();
    assertThatThrownBy(pair.url()::connect)
        .isInstanceOf(NoPrimary.class)
        .hasMessageContaining("127.0.0.1:%d is a former primary".formatted(pair.a().port()));
  }

  /// The former primary is alive, and its clients do not notice the promotion by themselves.
  @Test
  void connectionsToAFormerPrimaryAreClosed() throws Exception {
    var servers = Servers.parse(pair.url().url());
    try (var open = servers.connect(pair.url().properties())) {
      pair.b().promote();
      assertThat(open.isValid(5)).isTrue();

      servers.lookAround(pair.url().properties());

      assertThat(open.isClosed()).isTrue();
      assertThat(port(servers)).isEqualTo(pair.b().port());
    }
  }

  /// PostgreSQL itself reports success.
  @Test
  void aCommitWhoseReplicationWasCancelledHasAnUnknownOutcome() throws Exception {
    execute(pair.a().url(), "CREATE TABLE fact (n INT)");
    pair.b().stop();
    var commit =
        CompletableFuture.supplyAsync(
            () -> stateOfCommit(pair.a().url()), Thread::startVirtualThread);
    pair.a().await(WAITS_FOR_STANDBY);

    cancelWaiting();
    assertThat(commit.get(60, TimeUnit.SECONDS)).isEqualTo("08007");

    var single =
        CompletableFuture.supplyAsync(
            () -> stateOfStatement(pair.a().url()), Thread::startVirtualThread);
    pair.a().await(WAITS_FOR_STANDBY);
    cancelWaiting();
    assertThat(single.get(60, TimeUnit.SECONDS)).isEqualTo("08007");
  }

  /// A row can be visible on the primary before it is replicated.
  @Test
  void theBarrierWaitsForTheStandby() throws Exception {
    pair.b().stop();
    var barrier =
        CompletableFuture.supplyAsync(() -> barrier(pair.a().url()), Thread::startVirtualThread);
    pair.a().await(WAITS_FOR_STANDBY);
    assertThat(barrier).isNotDone();

    pair.b().start();

    assertThat(barrier.get(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theBarrierReturnsWithoutAStandby() {
    pair.a().kill();
    pair.b().promote();

    assertThat(barrier(pair.b().url())).isTrue();
  }

  private void cancelWaiting() {
    pair.a()
        .read("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
  }

  private static String stateOfCommit(JdbcUrl url) {
    try (var connection = url.connect()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("INSERT INTO fact VALUES (1)");
      }
      connection.commit();
      return "committed";
    } catch (SQLException fault) {
      return String.valueOf(fault.getSQLState());
    }
  }

  private static String stateOfStatement(JdbcUrl url) {
    try (var connection = url.connect()) {
      Jdbc.change(connection, "INSERT INTO fact VALUES (2)");
      return "committed";
    } catch (SQLException fault) {
      return String.valueOf(fault.getSQLState());
    }
  }

  private static boolean barrier(JdbcUrl url) {
    // longer than the test waits
    try (var connection = url.connect(Duration.ofMinutes(10))) {
      return Replication.await(connection);
    } catch (SQLException fault) {
      throw new DatabaseFailure(fault);
    }
  }

  private static void execute(JdbcUrl url, String sql) throws SQLException {
    try (var connection = url.connect()) {
      Jdbc.change(connection, sql);
    }
  }

  private static int port(JdbcUrl url) throws SQLException {
    try (var connection = url.connect()) {
      return port(connection);
    }
  }

  private int port(Servers servers) throws SQLException {
    try (var connection = servers.connect(pair.url().properties())) {
      return port(connection);
    }
  }

  private static int port(Connection connection) throws SQLException {
    return Jdbc.rows(connection, "SELECT inet_server_port()", row -> row.getInt(1)).getFirst();
  }
}
