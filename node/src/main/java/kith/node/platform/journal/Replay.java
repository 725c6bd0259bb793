package kith.node.platform.journal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.platform.journal.JournalTable.Range;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/// Reads a log from a sequence number on, in pages of its primary key.
///
/// Missing rows fail it, except at the beginning of the log: a prefix may have been deleted.
final class Replay {
  private final LogReads reads;
  private final String log;
  private final long to;
  private final int page;

  /// @param to the last sequence number, which exists
  /// @param page rows in one page
  Replay(LogReads reads, String log, long to, int page) {
    this.reads = reads;
    this.log = log;
    this.to = to;
    this.page = page;
  }

  /// The rows that are not hidden.
  Source<JournalRow, NotUsed> from(long first) {
    return Source.unfoldAsync(
            new Place(first, true),
            place ->
                place.next() > to
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : read(place).thenApply(Optional::of))
        .mapConcat(rows -> rows)
        .filter(row -> !row.isDeleted());
  }

  /// @param next the first sequence number that is not read yet
  private record Place(long next, boolean isFirst) {}

  private CompletionStage<Pair<Place, List<JournalRow>>> read(Place place) {
    return reads
        .page(new Range(log, place.next(), to, page))
        .thenCompose(rows ->
            start(place, rows)
                .thenApply(from -> Pair.create(new Place(check(from, rows), false), rows)));
  }

  /// The sequence number that the first row must have.
  private CompletionStage<Long> start(Place place, List<JournalRow> rows) {
    var next = place.next();
    if (!place.isFirst() || rows.isEmpty() || rows.getFirst().seq() == next)
      return CompletableFuture.completedFuture(next);
    return reads
        .hasRowsBefore(log, next)
        .thenApply(isMissing -> isMissing ? next : rows.getFirst().seq());
  }

  /// @return the sequence number that follows the rows
  private long check(long from, List<JournalRow> rows) {
    var next = from;
    for (var row : rows) {
      if (row.seq() != next) throw new MissingEntries(log, next, row.seq() - 1);
      next++;
    }
    if (rows.size() < page && next <= to) throw new MissingEntries(log, next, to);
    return next;
  }
}
