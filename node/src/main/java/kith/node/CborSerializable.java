package kith.node;

/// Whatever travels between nodes or is kept in the journal: written as Jackson CBOR.
public interface CborSerializable {}
