package kith.node.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.audit.AuditChain.Row;

/// The stored rows of the audit log.
interface AuditRows {
  CompletionStage<List<Row>> from(long number, int limit);

  /// The newest rows first.
  CompletionStage<List<Row>> before(long number, int limit);

  /// The seals, which are few, with the newest first.
  CompletionStage<List<Row>> seals();

  /// The last row that was written before this time.
  CompletionStage<Optional<Row>> lastBefore(Instant time);

  CompletionStage<Integer> delete(long through);
}
