package kith.node.platform.journal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The rows of one log that are committed together or not at all, and the answer to their writer.
///
/// It succeeds only when the rows are certainly committed. After a failure they may be committed
/// nevertheless: the writer reads its log again before it writes more.
final class JournalWrite {
  private final String log;
  private final List<JournalRow> rows;
  private final long bytes;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /// @param log its persistence id
  /// @param rows in the order of their sequence numbers
  JournalWrite(String log, List<JournalRow> rows) {
    this.log = log;
    this.rows = List.copyOf(rows);
    this.bytes = rows.stream().mapToLong(JournalRow::bytes).sum();
  }

  String log() {
    return log;
  }

  List<JournalRow> rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  void succeed() {
    done.complete(null);
  }

  void fail(Throwable fault) {
    done.completeExceptionally(fault);
  }

  boolean isDone() {
    return done.isDone();
  }

  CompletionStage<Void> done() {
    return done;
  }
}
