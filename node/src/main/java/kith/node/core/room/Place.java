package kith.node.core.room;

/// A position in a room's log, and how much the room counted up to there.
public record Place(long seq, Counts counts) {}
