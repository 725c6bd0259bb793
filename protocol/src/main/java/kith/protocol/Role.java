package kith.protocol;

/// The permissions of a member in a room; each role includes those of the roles before it.
public enum Role {
  MEMBER,
  MODERATOR,
  OWNER;

  public boolean isAtLeast(Role other) {
    return compareTo(other) >= 0;
  }
}
