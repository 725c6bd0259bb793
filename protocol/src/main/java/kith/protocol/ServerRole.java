package kith.protocol;

/// The role of an account on the server, apart from its roles in rooms.
public enum ServerRole {
  /// Only takes part where it is invited.
  GUEST,
  MEMBER,
  ADMINISTRATOR,
  OWNER
}
