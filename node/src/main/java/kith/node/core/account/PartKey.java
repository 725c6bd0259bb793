package kith.node.core.account;

/// The name under which an account stores the state of a part.
///
/// @param none the state before anything has happened to the part; it is not stored
public record PartKey<S extends PartState>(String name, Class<S> type, S none) {}
