package kith.protocol;

/// The presence status of a user. Users choose `INVISIBLE`, and only the user itself sees it; nodes
/// report `OFFLINE`, and no user can choose it.
public enum Status {
  ONLINE,
  IDLE,
  DND,
  INVISIBLE,
  OFFLINE
}
