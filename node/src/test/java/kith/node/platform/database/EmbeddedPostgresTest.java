package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir static Path directory;
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() {
    server = EmbeddedPostgres.start(directory, OptionalInt.empty());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void commitsAreWrittenToDisk() throws SQLException {
    assertThat(show("fsync")).isEqualTo("on");
    assertThat(show("synchronous_commit")).isEqualTo("on");
    assertThat(show("full_page_writes")).isEqualTo("on");
  }

  @Test
  void itListensOnTheLoopbackInterfaceOnly() throws SQLException {
    assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(superuser("SHOW unix_socket_directories")).isEmpty();
  }

  @Test
  void anotherUserOfTheMachineIsRefused() {
    var withoutPassword = new JdbcUrl(server.url().url(), Optional.of("kith"), Optional.empty());
    var asSuperuser =
        new JdbcUrl(server.url().url(), Optional.of("postgres"), Optional.of("guess"));

    assertThatThrownBy(withoutPassword::connect).isInstanceOf(SQLException.class);
    assertThatThrownBy(asSuperuser::connect)
        .isInstanceOfSatisfying(
            SQLException.class, fault -> assertThat(fault.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void thePasswordFileIsReadableByItsOwnerOnly() throws Exception {
    var permissions = Files.getPosixFilePermissions(directory.resolve("password"));

    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
  }

  @Test
  void theNodesRoleIsNotASuperuser() throws SQLException {
    assertThat(ask(server.url(), "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
        .isEqualTo("f");
  }

  @Test
  void aKilledServerIsStartedAgain() throws Exception {
    write("still here");
    var killed = server.process().orElseThrow();

    killed.destroyForcibly();

    assertThat(askUntilItAnswers("SELECT word FROM kept")).isEqualTo("still here");
    assertThat(server.process().orElseThrow().pid()).isNotEqualTo(killed.pid());
  }

  private static String askUntilItAnswers(String sql) throws SQLException {
    var deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (true) {
      try {
        return ask(server.url(), sql);
      } catch (SQLException fault) {
        if (Instant.now().isAfter(deadline)) throw fault;
        Thread.onSpinWait();
      }
    }
  }

  private static void write(String word) throws SQLException {
    try (var connection = server.url().connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept (word TEXT)");
      statement.execute("INSERT INTO kept VALUES ('" + word + "')");
    }
  }

  private static String show(String setting) throws SQLException {
    return ask(server.url(), "SHOW " + setting);
  }

  private static String superuser(String sql) throws SQLException {
    return ask(server.superuser(), sql);
  }

  private static String ask(JdbcUrl url, String sql) throws SQLException {
    try (var connection = url.connect()) {
      return Jdbc.rows(connection, sql, row -> row.getString(1)).getFirst();
    }
  }
}
