package kith.node.core.account;

/// Under which name an account keeps the state of a part.
///
/// @param none the state before anything has happened to the part; it is not stored
public record PartKey<S extends PartState>(String name, Class<S> type, S none) {}
