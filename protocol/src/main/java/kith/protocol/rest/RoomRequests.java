package kith.protocol.rest;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Role;
import kith.protocol.Visibility;

/// Requests about rooms.
public final class RoomRequests {
  private RoomRequests() {}

  public record CreateRoom(
      String name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<String> passcode,
      OptionalInt capacity,
      Optional<Retention> retention) {}

  /// Stored with the room and not yet enforced. An absent part means unlimited.
  public record Retention(OptionalLong entries, OptionalLong days) {}

  /// Absent means unchanged; an empty passcode removes the passcode, capacity 0 the room's limit.
  public record ChangeRoom(
      Optional<String> name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<String> passcode,
      OptionalInt capacity,
      Optional<Retention> retention) {}

  public record JoinRoom(Optional<String> passcode, Optional<String> invitation) {}

  public record ChangeRole(Role role) {}

  public record Ban(Optional<String> reason) {}

  /// @param validMillis how long the invitation is valid; a week if absent
  /// @param uses how many joins it allows; unlimited if absent
  public record Invite(OptionalLong validMillis, OptionalInt uses) {}

  /// Looks at the room of an invitation or accepts it. The token is not in the path, because
  /// servers and proxies log paths.
  public record UseInvitation(String token) {}
}
