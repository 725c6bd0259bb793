package kith.protocol.frame;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests;

/// One line of a room's log. `seq` counts from 1 without a hole; `by` is who did it.
public sealed interface Entry {
  long seq();

  Instant at();

  String by();

  /// @param members of a conversation: both of them, from the beginning
  record Created(
      long seq,
      Instant at,
      String by,
      String name,
      String topic,
      Visibility visibility,
      boolean passcode,
      OptionalInt capacity,
      Optional<List<String>> members)
      implements Entry {
    public Created {
      members = members.map(List::copyOf);
    }
  }

  /// A message as it stands now. In a page read later than it was written, `edit` is its latest
  /// edit, and a redacted message has `redaction` and no `body`.
  ///
  /// @param mentions the members whom it names, `@room` for all
  record Message(
      long seq,
      Instant at,
      String by,
      String id,
      Optional<String> body,
      OptionalLong replyTo,
      Optional<LatestEdit> edit,
      Optional<Redaction> redaction,
      Optional<List<String>> mentions)
      implements Entry {
    public Message(
        long seq,
        Instant at,
        String by,
        String id,
        Optional<String> body,
        OptionalLong replyTo,
        Optional<LatestEdit> edit,
        Optional<Redaction> redaction) {
      this(seq, at, by, id, body, replyTo, edit, redaction, Optional.empty());
    }
  }

  record LatestEdit(long seq, Instant at, String body) {}

  record Redaction(long seq, Instant at, String by) {}

  /// `body` is absent when the message was redacted later.
  record Edited(long seq, Instant at, String by, String id, long target, Optional<String> body)
      implements Entry {}

  record Redacted(long seq, Instant at, String by, String id, long target, Optional<String> reason)
      implements Entry {}

  record Joined(long seq, Instant at, String by) implements Entry {}

  record Left(long seq, Instant at, String by) implements Entry {}

  record Kicked(long seq, Instant at, String by, String user, Optional<String> reason)
      implements Entry {}

  record Banned(long seq, Instant at, String by, String user, Optional<String> reason)
      implements Entry {}

  record Unbanned(long seq, Instant at, String by, String user) implements Entry {}

  record RoleChanged(long seq, Instant at, String by, String user, Role role) implements Entry {}

  /// Only what changed is present; `capacity` 0 means: as many as the node allows.
  record SettingsChanged(
      long seq,
      Instant at,
      String by,
      Optional<String> name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<Boolean> passcode,
      OptionalInt capacity,
      Optional<RoomRequests.Retention> retention)
      implements Entry {}

  record Invited(
      long seq, Instant at, String by, String invitation, Instant expires, OptionalInt uses)
      implements Entry {}

  record InvitationRevoked(long seq, Instant at, String by, String invitation) implements Entry {}

  record Deleted(long seq, Instant at, String by) implements Entry {}

  /// A message or an edit of somebody whom the reader has blocked: nothing is said of it but that
  /// it takes its `seq`.
  record Hidden(long seq, Instant at) implements Entry {
    @Override
    public String by() {
      return "";
    }
  }

  /// An entry of a type this client does not know: shown as nothing, but its `seq` counts.
  record Unknown(long seq, Instant at, String by) implements Entry {}
}
