package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.protocol.Role;
import kith.protocol.Status;

/// What is asked and answered about who is there.
public final class Presences {
  private Presences() {}

  /// How all devices of an account are to be seen from now on: `online`, `dnd` or `invisible`.
  public record ChooseStatus(Status status) {}

  /// A member of a room, and whether they are there.
  ///
  /// @param lastSeen when somebody who is offline was there last, if one may know
  public record PresentMember(
      String user, Role role, Instant since, Status status, Optional<Instant> lastSeen) {}

  /// A page of a room's members, by name.
  public record RoomPresence(List<PresentMember> members, Optional<String> next) {
    public RoomPresence {
      members = List.copyOf(members);
    }
  }
}
