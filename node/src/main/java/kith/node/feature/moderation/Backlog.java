package kith.node.feature.moderation;

/// The open tasks of one moderator in one room.
///
/// @param reports open reports that the moderator can handle
/// @param joinRequests requests to join that the moderator can decide
record Backlog(String account, String room, int reports, int joinRequests) {
  static Backlog nothing(String account, String room) {
    return new Backlog(account, room, 0, 0);
  }

  Backlog and(Backlog other) {
    return new Backlog(account, room, reports + other.reports, joinRequests + other.joinRequests);
  }

  boolean isNothing() {
    return reports == 0 && joinRequests == 0;
  }
}
