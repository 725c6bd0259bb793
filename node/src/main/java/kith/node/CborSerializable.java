package kith.node;

/// Whatever travels between nodes or is kept in the journal: written as Jackson CBOR.
///
/// What is public travels, and nodes of two releases understand it: see `docs/compatibility.md`.
/// What is not public is kept, or an actor says it to itself.
public interface CborSerializable {}
