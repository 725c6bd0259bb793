package kith.node.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// One entry of the audit log. It contains neither message texts nor secrets.
///
/// @param act the word of an [AuditAct]; a later release adds acts
/// @param by the user name of who acted, `@operator`, or empty for somebody without a log-in
/// @param account the account concerned
/// @param address the network address of the client
/// @param detail a code, a role or a reason
public record AuditEntry(
    Instant at,
    String act,
    String by,
    Optional<String> account,
    Optional<String> room,
    Optional<String> address,
    Optional<String> detail) {

  public static AuditEntry of(Instant at, AuditAct act, String by) {
    return new AuditEntry(
        at.truncatedTo(ChronoUnit.MILLIS),
        act.word(),
        by,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public AuditEntry about(String account) {
    return new AuditEntry(at, act, by, Optional.of(account), room, address, detail);
  }

  public AuditEntry in(String room) {
    return new AuditEntry(at, act, by, account, Optional.of(room), address, detail);
  }

  public AuditEntry from(String address) {
    return new AuditEntry(at, act, by, account, room, Optional.of(address), detail);
  }

  public AuditEntry with(String detail) {
    return new AuditEntry(at, act, by, account, room, address, Optional.of(detail));
  }
}
