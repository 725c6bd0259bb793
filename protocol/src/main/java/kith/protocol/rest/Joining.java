package kith.protocol.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.protocol.JoinState;

/// Requests to join a room whose moderators approve who joins.
public final class Joining {
  private Joining() {}

  /// @param text for the moderators
  public record AskToJoin(Optional<String> text) {}

  /// A request that waits for a moderator.
  public record JoinRequest(String user, Optional<String> text, Instant at, Instant expires) {}

  /// The oldest first.
  public record JoinRequests(List<JoinRequest> requests) {
    public JoinRequests {
      requests = List.copyOf(requests);
    }
  }

  /// @param reason for the user, if the request is declined
  public record DecideJoin(boolean accept, Optional<String> reason) {}

  /// One of the user's own requests.
  ///
  /// @param name of the room when the user asked
  /// @param reason of a moderator who declined the request
  public record OwnJoinRequest(
      String room,
      String name,
      Optional<String> text,
      Instant at,
      Instant expires,
      JoinState state,
      Optional<String> reason) {}

  /// The oldest first.
  public record OwnJoinRequests(List<OwnJoinRequest> requests) {
    public OwnJoinRequests {
      requests = List.copyOf(requests);
    }
  }
}
