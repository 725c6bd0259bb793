package kith.protocol;

/// The people who may sign up on a server: everybody, holders of an invitation, or nobody.
public enum SignUpPolicy {
  OPEN,
  INVITED,
  CLOSED
}
