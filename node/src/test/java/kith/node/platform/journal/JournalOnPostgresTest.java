package kith.node.platform.journal;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kith.node.platform.database.Cable;
import kith.node.platform.database.DatabaseFailure;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;
import kith.node.platform.database.TestPostgres;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalOnPostgresTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final JdbcUrl DATABASE = TestPostgres.migratedDatabase();
  private static int taken;

  private final JournalPool pool = new JournalPool(DATABASE, 3);
  private final Jdbc jdbc = new Jdbc(pool.source(), Runnable::run);
  private final String log = "room|" + ++taken;

  @AfterEach
  void closePool() {
    pool.close();
  }

  @AfterAll
  static void shutdown() {
    KIT.shutdownTestKit();
  }

  // writing

  @Test
  void rowsComeBackAsTheyWereWritten() {
    var bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) i;
    var odd = "{\"a\",'b'}\\NULL, ü 字 😀";
    var rows =
        List.of(
            new JournalRow(log, 1, odd, Long.MAX_VALUE, "", -1, "", bytes, false),
            new JournalRow(log, 2, "", 0, odd, Integer.MAX_VALUE, odd, new byte[0], false));

    write(List.of(new JournalWrite(log, rows)));

    assertThat(replay(1, 2, 10)).usingRecursiveComparison().isEqualTo(rows);
  }

  @Test
  void aConflictOnTheServerFailsOnlyItsOwnWriter() {
    write(List.of(Rows.write(log, 1, 1)));
    var good = Rows.write(log + "a", 1, 3);
    var conflict = Rows.write(log, 1, 1);
    var alsoGood = Rows.write(log + "b", 1, 400);

    write(List.of(good, conflict, alsoGood));

    assertThat(Rows.isWritten(good)).isTrue();
    assertThat(Rows.isWritten(alsoGood)).isTrue();
    assertThat(((DatabaseFailure) fault(conflict)).isDuplicate()).isTrue();
    assertThat(replay(log + "b", 1, 400, 100)).hasSize(400);
  }

  @Test
  void rowsThatTheServerCannotStoreFailOnlyTheirOwnWriter() {
    var tooLong = Rows.write("x".repeat(256), 1, 1);
    var notText = Rows.write(log + "\0", 1, 1);
    var good = Rows.write(log, 1, 1);

    write(List.of(tooLong, notText, good));

    assertThat(fault(tooLong)).isInstanceOf(DatabaseFailure.class);
    assertThat(fault(notText)).isInstanceOf(DatabaseFailure.class);
    assertThat(Rows.isWritten(good)).isTrue();
  }

  @Test
  void aKeyThatAnotherTransactionHoldsFailsOnlyItsOwnWriter() throws SQLException {
    try (var other = pool.source().getConnection()) {
      other.setAutoCommit(false);
      JournalTable.insert(other, Rows.write(log, 1, 1).rows());
      var held = Rows.write(log, 1, 1);
      var free = Rows.write(log + "a", 1, 1);

      // the connections of a node wait for six seconds
      write(List.of(held, free), "SET lock_timeout = 50");

      assertThat(fault(held)).hasMessage("SQL state 55P03");
      assertThat(Rows.isWritten(free)).isTrue();
      other.rollback();
    }
  }

  @Test
  void aWriterWhoseServerProcessEndsFailsAndIsNotWrittenAgain() throws Exception {
    try (var other = pool.source().getConnection();
        var observer = pool.source().getConnection()) {
      other.setAutoCommit(false);
      JournalTable.insert(other, Rows.write(log, 1, 1).rows());
      var write = Rows.write(log, 1, 1);
      var writing =
          CompletableFuture.runAsync(() -> write(List.of(write)), Thread::startVirtualThread);
      terminateWaiting(observer);

      writing.get(5, MINUTES);
      other.rollback();
    }

    assertThat(highestSeq()).isZero();
    // the next group gets a connection that works
    write(List.of(Rows.write(log, 1, 1)));
    assertThat(highestSeq()).isEqualTo(1);
  }

  private static void terminateWaiting(Connection connection) throws SQLException {
    var isTerminated = false;
    while (!isTerminated)
      isTerminated =
          !Jdbc.rows(
                  connection,
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                      + " WHERE wait_event_type = 'Lock' AND datname = current_database()",
                  row -> row.getBoolean(1))
              .isEmpty();
  }

  @Test
  void aWriteWithoutADatabaseFailsAndTheNextOneConnectsAgain() {
    try (var cable = Cable.to(DATABASE);
        var far = new JournalPool(cable.url(), 1)) {
      var first = Rows.write(log, 1, 1);
      write(far, List.of(first));
      cable.cut();
      var lost = Rows.write(log, 2, 1);
      write(far, List.of(lost));
      cable.mend();
      var again = Rows.write(log, 2, 1);
      write(far, List.of(again));

      assertThat(Rows.isWritten(first)).isTrue();
      assertThat(fault(lost)).isInstanceOf(DatabaseFailure.class);
      assertThat(Rows.isWritten(again)).isTrue();
    }
  }

  // replay

  @Test
  void aLogIsReplayedInPages() {
    write(List.of(Rows.write(log, 1, 25)));

    for (int page : List.of(1, 5, 24, 25, 26))
      assertThat(replay(1, 25, page)).extracting(JournalRow::seq).hasSize(25).isSorted();
    assertThat(seqs(replay(7, 9, 2))).containsExactly(7L, 8L, 9L);
    assertThat(replay(26, 25, 5)).isEmpty();
  }

  @Test
  void rowsMissingInTheMiddleFailTheReplay() throws SQLException {
    write(List.of(Rows.write(log, 1, 30)));
    remove("BETWEEN 11 AND 13");

    for (int page : List.of(1, 3, 10, 12, 100))
      assertThatThrownBy(() -> replay(1, 30, page))
          .isInstanceOf(MissingEntries.class)
          .hasMessageContaining("from 11 to 13");
    // also where a snapshot ends just before them
    assertThatThrownBy(() -> replay(11, 30, 10)).isInstanceOf(MissingEntries.class);
    assertThat(seqs(replay(14, 30, 10))).hasSize(17);
  }

  @Test
  void rowsMissingAtTheEndFailTheReplay() throws SQLException {
    write(List.of(Rows.write(log, 1, 30)));
    remove("> 20");

    for (int page : List.of(10, 20, 100))
      assertThatThrownBy(() -> replay(1, 30, page))
          .isInstanceOf(MissingEntries.class)
          .hasMessageContaining("from 21 to 30");
  }

  @Test
  void aLogWithoutItsFirstRowsIsReplayedFromItsFirstRemainingRow() throws SQLException {
    write(List.of(Rows.write(log, 1, 30)));
    remove("< 25");

    assertThat(seqs(replay(1, 30, 4))).containsExactly(25L, 26L, 27L, 28L, 29L, 30L);
    assertThat(seqs(replay(20, 30, 4))).startsWith(25L);
    assertThat(seqs(replay(27, 30, 4))).startsWith(27L);
  }

  // numbers and deletion

  @Test
  void theHighestNumberOfALogIsThatOfItsLastRow() {
    assertThat(highestSeq()).isZero();

    write(List.of(Rows.write(log, 1, 3)));

    assertThat(highestSeq()).isEqualTo(3);
  }

  @Test
  void aDeletedPrefixIsNotReplayedAndLeavesTheNumbers() {
    write(List.of(Rows.write(log, 1, 10)));

    delete(4);
    assertThat(seqs(replay(1, 10, 3))).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);

    delete(Long.MAX_VALUE);
    assertThat(replay(1, 10, 3)).isEmpty();
    assertThat(highestSeq()).isEqualTo(10);

    write(List.of(Rows.write(log, 11, 1)));
    assertThat(seqs(replay(1, 11, 3))).containsExactly(11L);
  }

  // the steps of the tests

  private void write(List<JournalWrite> writes) {
    write(pool, writes);
  }

  private static void write(JournalConnection.Source source, List<JournalWrite> writes) {
    var queue = new WriteQueue(1000, 1L << 30, Duration.ZERO);
    writes.forEach(write -> assertThat(queue.offer(write)).isTrue());
    new GroupWriter(queue, source).write(queue.poll().orElseThrow());
    assertThat(writes).allMatch(JournalWrite::isDone);
  }

  private void write(List<JournalWrite> writes, String firstWords) {
    write(
        () -> {
          var connection = pool.source().getConnection();
          try (var statement = connection.createStatement()) {
            statement.execute(firstWords);
          }
          return new JournalConnection() {
            @Override
            public void insert(List<JournalRow> rows) throws SQLException {
              JournalTable.insert(connection, rows);
            }

            @Override
            public void discard() {}

            @Override
            public void close() throws SQLException {
              connection.close();
            }
          };
        },
        writes);
  }

  private List<JournalRow> replay(long from, long to, int page) {
    return replay(log, from, to, page);
  }

  private List<JournalRow> replay(String log, long from, long to, int page) {
    var rows =
        new Replay(new LogReads(jdbc), log, to, page).from(from).runWith(Sink.seq(), KIT.system());
    try {
      return new ArrayList<>(rows.toCompletableFuture().get(5, MINUTES));
    } catch (ExecutionException fault) {
      throw (RuntimeException) fault.getCause();
    } catch (Exception fault) {
      throw new AssertionError(fault);
    }
  }

  private static List<Long> seqs(List<JournalRow> rows) {
    return rows.stream().map(JournalRow::seq).toList();
  }

  private long highestSeq() {
    return new LogReads(jdbc).highestSeq(log).toCompletableFuture().join();
  }

  private void delete(long to) {
    jdbc.with(
            connection -> {
              JournalTable.delete(connection, log, to);
              return to;
            })
        .toCompletableFuture()
        .join();
  }

  private void remove(String seqs) throws SQLException {
    try (var connection = pool.source().getConnection()) {
      Jdbc.change(
          connection,
          "DELETE FROM event_journal WHERE persistence_id = ? AND sequence_number " + seqs,
          log);
    }
  }

  private static Throwable fault(JournalWrite write) {
    return write.done().toCompletableFuture().exceptionNow();
  }
}
