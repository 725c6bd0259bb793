package kith.node.audit;

import java.time.Instant;
import kith.node.platform.serialization.CborSerializable;

/// A row of the audit log. Its hash covers the hash of the row before.
sealed interface AuditEvent extends CborSerializable {
  String hash();

  record Recorded(AuditEntry entry, String hash) implements AuditEvent {}

  /// Everything up to `through` may be deleted. The chain continues from `throughHash`, the hash of
  /// that row.
  record Sealed(long through, String throughHash, Instant at, String hash) implements AuditEvent {}
}
