package kith.protocol;

/// The state of a request to join a room.
public enum JoinState {
  /// for a moderator
  WAITING,
  /// but the user is not a member yet
  ACCEPTED,
  /// until the request expires; the user cannot ask again before
  DECLINED
}
