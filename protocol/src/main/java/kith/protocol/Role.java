package kith.protocol;

/// What a member may do in a room; each role may do what the ones before it may.
public enum Role {
  MEMBER,
  MODERATOR,
  OWNER;

  public boolean isAtLeast(Role other) {
    return compareTo(other) >= 0;
  }
}
