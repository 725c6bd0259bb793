package kith.node;

/// What may leave a node or be kept in the journal; bound to the Jackson CBOR serializer.
public interface CborSerializable {}
