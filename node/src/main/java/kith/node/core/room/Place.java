package kith.node.core.room;

/// A position in a room's log, and the room's counts up to it.
public record Place(long seq, Counts counts) {}
