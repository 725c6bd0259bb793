package kith.node.platform.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Rows and writes for tests.
final class Rows {
  private Rows() {}

  static JournalRow row(String log, long seq, String text) {
    var payload = text.getBytes(StandardCharsets.UTF_8);
    return new JournalRow(
        log, seq, "writer", 1_700_000_000_000L + seq, "", 33, "said", payload, false);
  }

  static String text(JournalRow row) {
    return new String(row.payload(), StandardCharsets.UTF_8);
  }

  /// Rows with consecutive numbers, whose texts are their numbers.
  static JournalWrite write(String log, long first, int count) {
    var rows = new ArrayList<JournalRow>();
    for (long seq = first; seq < first + count; seq++) rows.add(row(log, seq, Long.toString(seq)));
    return new JournalWrite(log, rows);
  }

  static JournalWrite sized(String log, int bytes) {
    var empty = row(log, 1, "");
    return new JournalWrite(log, List.of(row(log, 1, "x".repeat(bytes - empty.bytes()))));
  }

  static boolean isWritten(JournalWrite write) {
    return write.isDone() && !write.done().toCompletableFuture().isCompletedExceptionally();
  }
}
