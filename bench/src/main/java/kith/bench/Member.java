package kith.bench;

/// An account that is a member of a room.
record Member(String user, String token) {}
