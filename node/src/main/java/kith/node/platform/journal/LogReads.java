package kith.node.platform.journal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.Portions;
import kith.node.platform.database.GroupedReads;
import kith.node.platform.database.Jdbc;
import kith.node.platform.journal.JournalTable.Range;

/// The reads that load rooms and accounts. The reads of many logs are done together.
final class LogReads {
  private final Jdbc jdbc;
  private final GroupedReads<String, Long> highestSeqs;
  private final GroupedReads<Range, List<JournalRow>> pages;
  private final GroupedReads<String, Optional<SnapshotTable.Row>> latestSnapshots;

  LogReads(Jdbc jdbc) {
    this.jdbc = jdbc;
    this.highestSeqs =
        new GroupedReads<>(
            Portions.GROUPED_READS,
            0L,
            logs -> jdbc.with(connection -> JournalTable.highestSeqs(connection, logs)));
    this.pages =
        new GroupedReads<>(
            Portions.REPLAY,
            Range::size,
            List.of(),
            ranges -> jdbc.with(connection -> JournalTable.pages(connection, ranges)));
    this.latestSnapshots =
        new GroupedReads<>(
            Portions.SNAPSHOTS,
            Optional.empty(),
            logs -> jdbc.with(connection -> SnapshotTable.latest(connection, logs)));
  }

  /// 0 for a log without rows.
  CompletionStage<Long> highestSeq(String log) {
    return highestSeqs.of(log);
  }

  /// The rows of a log in a range, with the hidden ones.
  CompletionStage<List<JournalRow>> page(Range range) {
    return pages.of(range);
  }

  CompletionStage<Optional<SnapshotTable.Row>> latestSnapshot(String log) {
    return latestSnapshots.of(log);
  }

  CompletionStage<Boolean> hasRowsBefore(String log, long seq) {
    return jdbc.with(connection -> JournalTable.hasRowsBefore(connection, log, seq));
  }
}
