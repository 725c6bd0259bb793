package kith.node.audit;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each message of the audit log, with every field filled. Messages that a release has sent
/// do not change.
public final class AuditMessages {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");

  private AuditMessages() {}

  static AuditEntry entry() {
    return AuditEntry.of(NOON, AuditAct.ROOM_KICK, "ann")
        .about("eve")
        .in("r1")
        .from("203.0.113.7")
        .with("spam");
  }

  public static List<CborSerializable> all(ActorSystem<?> here) {
    return List.of(
        new AuditLog.Append(List.of(entry()), elsewhere(here, "appended")),
        new AuditLog.Prune(),
        new AuditLog.LookUp(elsewhere(here, "end")),
        new AuditLog.Appended(),
        new AuditLog.End(17, "9f86d0"));
  }
}
