package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.protocol.Role;
import kith.protocol.Status;

/// Requests and answers about presence.
public final class Presences {
  private Presences() {}

  /// Sets the status of all devices of an account: `online`, `dnd` or `invisible`.
  public record ChooseStatus(Status status) {}

  /// A member of a room, with presence.
  ///
  /// @param lastSeen when an offline member was last online, if the observer may see it
  public record PresentMember(
      String user,
      Role role,
      Instant since,
      Status status,
      Optional<Instant> lastSeen,
      Optional<String> botOf) {}

  /// A page of a room's members, ordered by name.
  public record RoomPresence(List<PresentMember> members, Optional<String> next) {
    public RoomPresence {
      members = List.copyOf(members);
    }
  }
}
