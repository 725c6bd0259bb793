package kith.node.feature.administration;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.audit.AuditEntry;
import kith.node.core.room.Commit;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomLog;
import kith.node.core.room.RoomPart;
import kith.node.core.room.RoomState;
import kith.protocol.Role;

/// Records acts of owners and moderators of a room in the audit log. The room's own log also has
/// them, so an entry lost in a crash can be found there.
record AuditedRoom(String room, Audit audit, RoomLog log) implements RoomPart {
  @Override
  public void committed(Commit commit) {
    for (var event : commit.events()) record(commit.before(), event);
  }

  private void record(RoomState before, RoomEvent event) {
    switch (event) {
      case RoomEvent.Kicked it -> record(it.by(), AuditAct.ROOM_KICK, it.user(), it.reason());
      case RoomEvent.Banned it -> record(it.by(), AuditAct.ROOM_BAN, it.user(), it.reason());
      case RoomEvent.Unbanned it ->
          record(it.by(), AuditAct.ROOM_UNBAN, it.user(), Optional.empty());
      case RoomEvent.RoleChanged it ->
          record(
              it.by(),
              AuditAct.ROOM_ROLE,
              it.user(),
              Optional.of(it.role().name().toLowerCase(Locale.ROOT)));
      case RoomEvent.SettingsChanged it -> audit.record(entry(it.by(), AuditAct.ROOM_SETTINGS));
      case RoomEvent.Deleted it -> audit.record(entry(it.by(), AuditAct.ROOM_DELETED));
      case RoomEvent.Redacted it when mayRedactOthers(before, it.by()) -> recordIfOfOthers(it);
      case RoomEvent ignored -> {}
    }
  }

  private static boolean mayRedactOthers(RoomState room, String user) {
    return room.role(user).filter(role -> role.isAtLeast(Role.MODERATOR)).isPresent();
  }

  /// The redaction does not name the author of the message.
  private void recordIfOfOthers(RoomEvent.Redacted redaction) {
    var _ =
        log.facts(room, Set.of(redaction.target()))
            .thenAccept(facts ->
                Optional.ofNullable(facts.get(redaction.target()))
                    .map(fact -> fact.author())
                    .filter(author -> !author.equals(redaction.by()))
                    .ifPresent(author ->
                        audit.record(
                            entry(redaction.by(), AuditAct.ROOM_REDACTION)
                                .about(author)
                                .with("message " + redaction.target()))));
  }

  private void record(String by, AuditAct act, String user, Optional<String> detail) {
    var entry = entry(by, act).about(user);
    audit.record(detail.map(entry::with).orElse(entry));
  }

  private AuditEntry entry(String by, AuditAct act) {
    return audit.entry(act, by).in(room);
  }
}
