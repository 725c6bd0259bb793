package kith.node;

/// What crosses the network between nodes or is kept in the journal: written as CBOR by Jackson.
public interface CborSerializable {}
