package kith.bench;

/// An account that is a member of the room.
record Member(String user, String token) {}
