package kith.node.audit;

import java.util.List;
import kith.node.LocalActors;
import kith.node.StoredBytesContract;

/// The bytes that each release wrote into the audit log. Every later release reads them.
class AuditStoredBytesTest extends StoredBytesContract {
  AuditStoredBytesTest() {
    super(
        LocalActors.create(),
        "journal",
        name -> name.startsWith("audit."),
        List.of(
            new AuditEvent.Recorded(AuditMessages.entry(), "9f86d0"),
            new AuditEvent.Sealed(17, "9f86d0", AuditMessages.NOON, "0a1b2c"),
            new AuditState("9f86d0", 17)));
  }
}
