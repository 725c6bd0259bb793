package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Requests and answers about the moderation of a room.
public final class Moderating {
  private Moderating() {}

  /// @param forMillis how long the member may not write
  public record MuteUser(long forMillis, Optional<String> reason) {}

  /// @param by the moderator
  public record Mute(
      String user, String by, Instant created, Instant until, Optional<String> reason) {}

  public record Mutes(List<Mute> mutes) {
    public Mutes {
      mutes = List.copyOf(mutes);
    }
  }
}
