package kith.node.audit;

import kith.node.platform.serialization.CborSerializable;

/// The end of the audit log. It follows from the latest row alone, so a deleted beginning is not
/// needed.
///
/// @param sealedThrough the last number of the sealed beginning; 0 if there is none
record AuditState(String hash, long sealedThrough) implements CborSerializable {
  static final AuditState EMPTY = new AuditState(AuditChain.BEGINNING, 0);

  AuditState with(AuditEvent event) {
    return switch (event) {
      case AuditEvent.Recorded(_, var hash) -> new AuditState(hash, sealedThrough);
      case AuditEvent.Sealed(var through, _, _, var hash) -> new AuditState(hash, through);
    };
  }
}
