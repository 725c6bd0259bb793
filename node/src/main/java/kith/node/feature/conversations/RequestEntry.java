package kith.node.feature.conversations;

import java.util.Optional;

/// A request as an account shows it to its sessions.
///
/// @param request absent if there is none, or no longer one
public record RequestEntry(String user, Kind kind, Optional<ConversationRequest> request) {

  public enum Kind {
    NONE,
    INCOMING,
    OUTGOING
  }

  static RequestEntry none(String user) {
    return new RequestEntry(user, Kind.NONE, Optional.empty());
  }
}
