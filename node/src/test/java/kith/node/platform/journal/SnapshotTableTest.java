package kith.node.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.node.platform.database.FreshDatabase;
import kith.node.platform.database.Jdbc;
import kith.node.platform.journal.SnapshotTable.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SnapshotTableTest {
  private static final FreshDatabase DATABASE = FreshDatabase.take();
  private static int taken;

  private final Jdbc jdbc = DATABASE.jdbc();
  private final LogReads reads = new LogReads(jdbc);
  private final String log = "room|" + ++taken;

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static Row row(String log, long seq, long time) {
    return new Row(log, seq, time, 7, "room-state", new byte[] {(byte) seq, 0, -1});
  }

  private void store(Row... rows) {
    change(connection -> {
      for (var row : rows) SnapshotTable.store(connection, row);
      return rows.length;
    });
  }

  private <T> T change(Jdbc.Work<T> work) {
    return jdbc.with(work).toCompletableFuture().join();
  }

  private Optional<Row> latest(String of) {
    return reads.latestSnapshot(of).toCompletableFuture().join();
  }

  @Test
  void theLatestSnapshotIsThatWithTheHighestSequenceNumber() {
    store(row(log, 10, 300), row(log, 100, 100), row(log, 20, 200));

    assertThat(latest(log)).get().usingRecursiveComparison().isEqualTo(row(log, 100, 100));
  }

  @Test
  void aLogWithoutSnapshotsHasNone() {
    assertThat(latest(log)).isEmpty();
  }

  @Test
  void theLatestSnapshotsOfSeveralLogsAreReadTogether() {
    store(row(log, 1, 1), row(log, 2, 2), row(log + "a", 5, 5));
    var logs = List.of(log, log + "a", log + "none");

    var found = change(connection -> SnapshotTable.latest(connection, logs));

    assertThat(found).containsOnlyKeys(log, log + "a");
    assertThat(found.get(log)).get().extracting(Row::seq).isEqualTo(2L);
    assertThat(found.get(log + "a")).get().extracting(Row::seq).isEqualTo(5L);
  }

  @Test
  void aSnapshotOfTheSameSequenceNumberIsReplaced() {
    store(row(log, 1, 1));
    store(row(log, 1, 2));

    assertThat(latest(log)).get().extracting(Row::time).isEqualTo(2L);
  }

  @Test
  void aSearchEndsAtItsSequenceNumberAndTime() {
    store(row(log, 1, 10), row(log, 2, 20), row(log, 3, 30));

    assertThat(until(2, Long.MAX_VALUE)).hasValue(2L);
    assertThat(until(Long.MAX_VALUE, 15)).hasValue(1L);
    assertThat(until(3, 9)).isEmpty();
  }

  private Optional<Long> until(long seq, long time) {
    return change(connection -> SnapshotTable.latestUntil(connection, log, seq, time))
        .map(Row::seq);
  }

  @Test
  void deletingLeavesLaterSnapshotsAndOtherLogs() {
    store(row(log, 1, 10), row(log, 2, 20), row(log, 3, 30), row(log + "a", 1, 1));

    change(connection -> {
      SnapshotTable.deleteUntil(connection, log, 2, 15);
      return true;
    });
    assertThat(until(2, Long.MAX_VALUE)).hasValue(2L);
    assertThat(until(1, Long.MAX_VALUE)).isEmpty();

    change(connection -> {
      SnapshotTable.delete(connection, log, 3);
      return true;
    });
    assertThat(latest(log)).get().extracting(Row::seq).isEqualTo(2L);
    assertThat(latest(log + "a")).isPresent();
  }
}
