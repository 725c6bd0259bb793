package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  private static final Optional<String> SUPERUSER = Optional.of("postgres");

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
  void theServerListensOnTheLoopbackInterfaceOnly() throws Exception {
    assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
    // the fifth line names the directory of the local socket
    assertThat(Files.readAllLines(directory.resolve("cluster/postmaster.pid")).get(4)).isEmpty();
  }

  @Test
  void anotherUserOfTheMachineIsRefused() {
    var withoutPassword = new JdbcUrl(server.url().url(), Optional.of("kith"), Optional.empty());

    assertThatThrownBy(withoutPassword::connect).isInstanceOf(SQLException.class);
  }

  @Test
  void nobodyLogsInAsSuperuser() {
    var asSuperuser = new JdbcUrl(server.url().url(), SUPERUSER, server.url().password());

    assertThatThrownBy(asSuperuser::connect).satisfies(EmbeddedPostgresTest::isNoLogin);
  }

  @Test
  void theNodesRoleCannotRunPrograms() {
    assertThatThrownBy(() -> execute(server.url(), "COPY (SELECT 1) TO PROGRAM 'true'"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void aServerOfAnEarlierReleaseLosesItsSuperusersLogin(@TempDir Path home) throws Exception {
    var before = earlierServer(home);

    try (var upgraded = EmbeddedPostgres.start(home, OptionalInt.empty())) {
      assertThat(ask(upgraded.url(), "SELECT word FROM kept")).isEqualTo("from before");
      assertThatThrownBy(new JdbcUrl(upgraded.url().url(), SUPERUSER, before.password())::connect)
          .satisfies(EmbeddedPostgresTest::isNoLogin);
      assertThatThrownBy(
              new JdbcUrl(upgraded.url().url(), before.user(), before.password())::connect)
          .as("the password that was shown on command lines")
          .isInstanceOfSatisfying(
              SQLException.class, fault -> assertThat(fault.getSQLState()).isEqualTo("28P01"));
      assertThat(home.resolve("password")).doesNotExist();
    }
  }

  @Test
  void withoutItsPasswordFileTheServerGetsAnotherPassword(@TempDir Path home) throws Exception {
    TestPostgres.lendProgramsTo(home);
    Optional<String> before;
    try (var first = EmbeddedPostgres.start(home, OptionalInt.empty())) {
      before = first.url().password();
    }
    Files.delete(home.resolve("kith-password"));

    try (var second = EmbeddedPostgres.start(home, OptionalInt.empty())) {
      assertThat(second.url().password()).isNotEqualTo(before);
      assertThat(ask(second.url(), "SELECT current_user")).isEqualTo("kith");
    }
  }

  /// A running server as earlier releases made it: one password, which lets the superuser in.
  private static JdbcUrl earlierServer(Path home) throws Exception {
    TestPostgres.lendProgramsTo(home);
    var files = new PostgresFiles(home);
    var binaries = PostgresBinaries.unpack(home);
    var password = home.resolve("password");
    DataDirectory.writePrivate(password, "5ecret");
    assertThat(
            binaries.run(
                files.log(),
                "initdb",
                List.of(
                    "--pgdata=" + files.cluster(),
                    "--username=postgres",
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF-8",
                    "--locale=C")))
        .isZero();
    int port = files.freePort();
    files.writeConf(port);
    assertThat(
            binaries.run(
                files.log(),
                "pg_ctl",
                List.of("start", "-w", "-s", "-D", files.cluster().toString())))
        .isZero();
    execute(
        JdbcUrl.loopback(port, "postgres", "postgres", "5ecret"),
        "CREATE ROLE kith LOGIN PASSWORD '5ecret'",
        "CREATE DATABASE kith OWNER kith");
    var url = JdbcUrl.loopback(port, "kith", "kith", "5ecret");
    execute(url, "CREATE TABLE kept (word TEXT)", "INSERT INTO kept VALUES ('from before')");
    return url;
  }

  private static void isNoLogin(Throwable fault) {
    assertThat(fault)
        .isInstanceOfSatisfying(
            SQLException.class, it -> assertThat(it.getSQLState()).isEqualTo("28000"));
  }

  @Test
  void thePasswordFileIsReadableByItsOwnerOnly() throws Exception {
    var permissions = Files.getPosixFilePermissions(directory.resolve("kith-password"));

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
    execute(
        server.url(), "CREATE TABLE kept (word TEXT)", "INSERT INTO kept VALUES ('" + word + "')");
  }

  private static String show(String setting) throws SQLException {
    return ask(server.url(), "SHOW " + setting);
  }

  private static void execute(JdbcUrl url, String... statements) throws SQLException {
    try (var connection = url.connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) statement.execute(sql);
    }
  }

  private static String ask(JdbcUrl url, String sql) throws SQLException {
    try (var connection = url.connect()) {
      return Jdbc.rows(connection, sql, row -> row.getString(1)).getFirst();
    }
  }
}
