package kith.protocol.rest;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.Role;
import kith.protocol.Visibility;

/// What is asked about rooms.
public final class RoomRequests {
  private RoomRequests() {}

  public record CreateRoom(
      String name,
      Optional<String> topic,
      Optional<Visibility> visibility,
      Optional<String> passcode,
      OptionalInt capacity,
      Optional<Retention> retention) {}

  /// Kept with the room; not acted on yet. Each absent part means: for ever.
  public record Retention(OptionalLong entries, OptionalLong days) {}

  /// Absent means unchanged; an empty passcode removes it, capacity 0 lifts it.
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

  /// @param validMillis how long it can be used; a week unless said
  /// @param uses how many joins it allows; any number unless said
  public record Invite(OptionalLong validMillis, OptionalInt uses) {}
}
