package kith.protocol;

/// The role of an account on the server, apart from its roles in rooms.
public enum ServerRole {
  /// Enters only rooms to which it is invited.
  GUEST,
  MEMBER,
  ADMINISTRATOR,
  OWNER
}
