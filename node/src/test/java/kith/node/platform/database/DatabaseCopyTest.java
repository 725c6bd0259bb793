package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kith.node.NodeSettings;
import kith.node.platform.config.DatabaseSettings;
import kith.node.platform.config.StartFailure;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of whole databases, and restores into databases of a server that runs already.
class DatabaseCopyTest {
  private static final List<String> ODD =
      List.of("", "\\.", "\\N", "tab\tnewline\nreturn\rbackslash\\", "ä€😀", "'\"$$", "\u0001");

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("kith.backup");
  }

  private static DatabaseSettings settings(JdbcUrl url) {
    return NodeSettings.read(
            Optional.empty(),
            Map.of(
                "kith.database.url", url.url(),
                "kith.database.user", url.user().orElseThrow(),
                "kith.database.password", url.password().orElseThrow()))
        .database();
  }

  private static Backups backups(JdbcUrl url) {
    return new Backups(settings(url), "0.1", _ -> {});
  }

  private static <T> T on(JdbcUrl url, Jdbc.Work<T> work) {
    try (var connection = url.connect()) {
      return work.on(connection);
    } catch (SQLException fault) {
      throw new AssertionError(fault);
    }
  }

  private static int event(Connection connection, String id, long seq, byte[] payload)
      throws SQLException {
    return Jdbc.change(
        connection,
        """
        INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id,
          event_ser_manifest, event_payload) VALUES (?, ?, '', 1001, 'none', ?)
        """,
        id,
        seq,
        payload);
  }

  private static JdbcUrl filled() {
    var url = TestPostgres.migratedDatabase();
    on(
        url,
        connection -> {
          var payload = new byte[256];
          for (int i = 0; i < payload.length; i++) payload[i] = (byte) i;
          for (int i = 0; i < ODD.size(); i++) event(connection, "room|" + ODD.get(i), i, payload);
          event(connection, "room|large", 1, new byte[3 << 20]);
          Jdbc.change(
              connection,
              "INSERT INTO last_seen (account, at) VALUES ('ann', '2026-03-29 01:30:00.123456+02')");
          Jdbc.change(
              connection,
              """
              INSERT INTO server_invitation VALUES ('i', 'h', now(), 3);
              INSERT INTO server_invitation_use VALUES ('i', 'ann');
              INSERT INTO account_privacy VALUES ('ann', 'nobody', 'everyone', true, 2);
              INSERT INTO account_block VALUES ('ann', 'bob');
              INSERT INTO token_key (id, created, signs_from, key)
                VALUES ('k', now(), now(), '\\x00ff');
              INSERT INTO cluster_node (address, incarnation, http, version, member, sockets, seen)
                VALUES ('127.0.0.1:1', 1, 'http://127.0.0.1:1', '0.1', true, 0, now());
              INSERT INTO cluster_lease VALUES ('lease', 'somebody', now() + interval '1 hour')
              """);
          return true;
        });
    return url;
  }

  /// All rows of a table, in an order of their own.
  private static List<String> rows(JdbcUrl url, String table) {
    return on(
        url,
        connection ->
            Jdbc.rows(
                connection,
                "SELECT t::text FROM " + table + " t ORDER BY 1",
                row -> row.getString(1)));
  }

  private static List<String> tables(JdbcUrl url) {
    return on(
        url,
        connection ->
            Jdbc.rows(
                connection,
                "SELECT relname FROM pg_class WHERE relkind = 'r'"
                    + " AND relnamespace = 'public'::regnamespace",
                row -> row.getString(1)));
  }

  @Test
  void everyTableIsEitherInABackupOrLeftOut() {
    assertThat(tables(TestPostgres.migratedDatabase()))
        .as("a new table belongs to one of the lists of BackupTables")
        .containsExactlyInAnyOrderElementsOf(BackupTables.all().toList());
  }

  @Test
  void aRestoredDatabaseHasTheSameRows() {
    var source = filled();
    backups(source).backUp(file(), false);
    var target = TestPostgres.freshDatabase();

    var report = backups(target).restore(file(), false);

    for (var table : BackupTables.KEPT)
      assertThat(rows(target, table)).as(table).isEqualTo(rows(source, table));
    assertThat(report.rows())
        .isEqualTo(BackupTables.KEPT.stream().mapToLong(it -> rows(source, it).size()).sum());
    assertThat(tables(target)).containsExactlyInAnyOrderElementsOf(BackupTables.all().toList());
    Database.start(settings(target)).close();
  }

  @Test
  void runningNodesAndTheirLeaseAreNotRestored() {
    backups(filled()).backUp(file(), false);
    var target = TestPostgres.freshDatabase();

    backups(target).restore(file(), false);

    assertThat(rows(target, "cluster_node")).isEmpty();
    assertThat(rows(target, "cluster_lease")).isEmpty();
  }

  @Test
  void theNextEventOfARestoredJournalHasAHigherOrdering() {
    var source = filled();
    on(source, connection -> event(connection, "room|last", 1, new byte[0]));
    long before = highestOrdering(source);
    on(source, it -> Jdbc.change(it, "DELETE FROM event_journal WHERE ordering = " + before));
    backups(source).backUp(file(), false);
    var target = TestPostgres.freshDatabase();
    backups(target).restore(file(), false);

    on(target, connection -> event(connection, "room|next", 1, new byte[0]));

    assertThat(highestOrdering(target)).isEqualTo(before + 1);
  }

  private static long highestOrdering(JdbcUrl url) {
    return on(
        url,
        it ->
            Jdbc.rows(it, "SELECT max(ordering) FROM event_journal", row -> row.getLong(1))
                .getFirst());
  }

  @Test
  void onlyTheOwnerCanReadABackup() throws IOException {
    backups(filled()).backUp(file(), false);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (var all = Files.list(directory)) {
      assertThat(all.toList()).containsExactly(file());
    }
  }

  @Test
  void aBackupIsReplacedOnlyOnRequest() {
    var source = filled();
    backups(source).backUp(file(), false);

    assertThatThrownBy(() -> backups(source).backUp(file(), false))
        .isInstanceOf(BackupFailure.class)
        .hasMessageContaining("already exists");
    assertThat(backups(source).backUp(file(), true).rows()).isPositive();
  }

  @Test
  void aDatabaseThatIsNotEmptyIsRefusedAndUnchanged() {
    backups(filled()).backUp(file(), false);
    var target = TestPostgres.freshDatabase();
    on(target, it -> Jdbc.change(it, "CREATE TABLE mine AS SELECT 1 AS one"));

    assertThatThrownBy(() -> backups(target).restore(file(), false))
        .isInstanceOf(BackupFailure.class)
        .hasMessageContaining("is not empty: it contains mine");
    assertThat(tables(target)).containsExactly("mine");
    assertThatThrownBy(() -> backups(target).restore(file(), true))
        .isInstanceOf(BackupFailure.class);
  }

  @Test
  void aDamagedBackupIsRefusedBeforeAnythingIsWritten() throws IOException {
    backups(filled()).backUp(file(), false);
    var whole = Files.readAllBytes(file());
    whole[whole.length / 2] ^= 4;
    Files.write(file(), whole);
    var target = TestPostgres.freshDatabase();

    assertThatThrownBy(() -> backups(target).restore(file(), false))
        .isInstanceOf(BackupFailure.class)
        .hasMessageContaining("is damaged or incomplete");
    assertThat(tables(target)).isEmpty();
  }

  @Test
  void noNodeStartsOnAnInterruptedRestoreAndTheNextOneSucceeds() {
    var source = filled();
    backups(source).backUp(file(), false);
    var target = TestPostgres.freshDatabase();
    try (var snapshot = DatabaseSnapshot.of(source, "0.1");
        var load = DatabaseLoad.into(target, snapshot.contents())) {
      load.begin(new Dump.Table("mention", List.of("room")));
    }

    assertThatThrownBy(() -> Database.start(settings(target)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("was interrupted");
    assertThatThrownBy(() -> backups(target).backUp(directory.resolve("other"), false))
        .hasMessageContaining("was interrupted");

    backups(target).restore(file(), false);

    assertThat(rows(target, "event_journal")).isEqualTo(rows(source, "event_journal"));
    Database.start(settings(target)).close();
  }

  @Test
  void aNodeDoesNotStartIfARestoreBeginsAfterItsFirstCheck() {
    var target = TestPostgres.migratedDatabase();

    assertThatThrownBy(() ->
            Database.start(
                settings(target),
                step -> {
                  if (step.contains("migrates")) TestPostgres.markUnfinished(target);
                }))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("was interrupted");
  }

  /// The restore has seen an empty database, and waits in order to write its marker.
  @Test
  void aRestoreIsRefusedIfTablesAppearAfterItsFirstCheck() throws SQLException {
    backups(filled()).backUp(file(), false);
    var target = TestPostgres.freshDatabase();
    CompletableFuture<Backups.Report> restore;
    try (var blocking = target.connect()) {
      blocking.setAutoCommit(false);
      Jdbc.change(blocking, "CREATE TABLE " + DatabaseLoad.MARKER + " (state TEXT)");
      restore = CompletableFuture.supplyAsync(() -> backups(target).restore(file(), false));
      awaitBlocked(target);
      on(target, it -> Jdbc.change(it, "CREATE TABLE mine AS SELECT 1 AS one"));
      blocking.rollback();
    }

    assertThatThrownBy(restore::join)
        .hasCauseInstanceOf(BackupFailure.class)
        .hasMessageContaining("is not empty: it contains mine");
    assertThat(tables(target)).containsExactly("mine");
  }

  private static void awaitBlocked(JdbcUrl url) {
    var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!isAnyBlocked(url)) assertThat(System.nanoTime()).as("in a minute").isLessThan(deadline);
  }

  private static boolean isAnyBlocked(JdbcUrl url) {
    return on(
        url,
        it ->
            Jdbc.rows(
                    it,
                    """
                    SELECT EXISTS (SELECT FROM pg_stat_activity
                      WHERE datname = current_database() AND wait_event_type = 'Lock')
                    """,
                    row -> row.getBoolean(1))
                .getFirst());
  }

  @Test
  void twoRestoresDoNotWriteToOneDatabase() {
    var source = filled();
    backups(source).backUp(file(), false);
    var target = TestPostgres.freshDatabase();
    try (var snapshot = DatabaseSnapshot.of(source, "0.1");
        var _ = DatabaseLoad.into(target, snapshot.contents())) {
      assertThatThrownBy(() -> backups(target).restore(file(), false))
          .isInstanceOf(BackupFailure.class)
          .hasMessageContaining("Another restore or move");
    }
  }

  /// A row that the target stores differently must fail the restore.
  @Test
  void rowsThatDifferAfterTheyWereWrittenFailTheRestore() {
    var source = filled();
    var target = TestPostgres.freshDatabase();
    try (var snapshot = DatabaseSnapshot.of(source, "0.1");
        var load = DatabaseLoad.into(target, snapshot.contents())) {
      var row = "garden\t1\tann\tbob\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      var sum = new RowSum();
      sum.add(row);
      sum.add(row);
      load.begin(new Dump.Table("mention", List.of("room", "seq", "name", "author")));
      load.rows(row, row.length);
      load.end(sum.sum());

      assertThatThrownBy(() -> load.complete(new Dump.End(List.of())))
          .isInstanceOf(BackupFailure.class)
          .hasMessageContaining("mention differs");
    }
    assertThatThrownBy(() -> Database.start(settings(target))).isInstanceOf(StartFailure.class);
  }

  @Test
  void aBackupOfAnEarlierReleaseIsMigrated() {
    var source = TestPostgres.freshDatabase();
    Flyway.configure()
        .dataSource(source.url(), source.user().orElseThrow(), source.password().orElseThrow())
        .locations("classpath:db/migration")
        .target("5")
        .load()
        .migrate();
    on(
        source,
        it ->
            Jdbc.change(it, "INSERT INTO last_seen (account, hidden_from) VALUES ('ann', 'bob')"));
    backups(source).backUp(file(), false);
    var target = TestPostgres.freshDatabase();

    backups(target).restore(file(), false);

    assertThat(rows(target, "account_block")).containsExactly("(ann,bob)");
  }

  @Test
  void aBackupOfAnotherVariantIsRefusedBeforeAnythingIsWritten() {
    var source = filled();
    on(
        source,
        it -> Jdbc.change(it, "UPDATE flyway_schema_history SET checksum = 1 WHERE version = '5'"));
    backups(source).backUp(file(), false);
    var target = TestPostgres.freshDatabase();

    assertThatThrownBy(() -> backups(target).restore(file(), false))
        .isInstanceOf(BackupFailure.class)
        .hasMessageContaining("another variant");
    assertThat(tables(target)).isEmpty();
  }

  @Test
  void aDatabaseOfANewerReleaseIsNotBackedUp() {
    var source = filled();
    on(
        source,
        it ->
            Jdbc.change(
                it,
                """
                INSERT INTO flyway_schema_history
                  (installed_rank, version, description, type, script, checksum, installed_by,
                   execution_time, success)
                VALUES (9999, '9999', 'next', 'SQL', 'V9999__next.sql', 1, 'kith', 1, true)
                """));

    assertThatThrownBy(() -> backups(source).backUp(file(), false))
        .isInstanceOf(BackupFailure.class)
        .hasMessageContaining("newer release");
    assertThat(file()).doesNotExist();
  }

  @Test
  void aBackupContainsAllEarlierCommitsAndNoLaterOnes() throws IOException {
    var source = filled();
    var before = rows(source, "event_journal");
    var target = TestPostgres.freshDatabase();
    try (var snapshot = DatabaseSnapshot.of(source, "0.1")) {
      on(source, connection -> event(connection, "room|later", 1, new byte[0]));
      try (var load = DatabaseLoad.into(target, snapshot.contents())) {
        snapshot.writeTo(load);
        load.finish();
      }
    }

    assertThat(rows(target, "event_journal")).isEqualTo(before);
  }

  /// A move fails while a node is connected to the database that moves.
  @Test
  void aSnapshotSeesThatOthersConnectAndLeave() throws SQLException {
    var source = filled();
    try (var snapshot = DatabaseSnapshot.of(source, "0.1")) {
      await(snapshot, false);
      try (var _ = source.connect()) {
        await(snapshot, true);
      }
      await(snapshot, false);
    }
  }

  /// The server lists a connection for a moment after its end.
  private static void await(DatabaseSnapshot snapshot, boolean hasOthers) {
    var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (snapshot.hasOthers() != hasOthers)
      assertThat(System.nanoTime()).as("in a minute").isLessThan(deadline);
  }

  @Test
  void aMissingDirectoryIsNamed() {
    assertThatThrownBy(
            () -> backups(filled()).backUp(directory.resolve("none").resolve("file"), false))
        .isInstanceOf(BackupFailure.class)
        .hasMessageContaining("none does not exist");
  }
}
