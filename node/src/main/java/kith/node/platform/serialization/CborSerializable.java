package kith.node.platform.serialization;

/// Marks a type that is stored in the journal or sent between nodes, as Jackson CBOR.
///
/// Every stored or sent type has a logical name in the table `type-names.conf`, so the class may
/// move. A public type is sent, and nodes of two releases must understand it; see
/// `docs/compatibility.md`. A type that is not public is stored, or an actor sends it to itself.
public interface CborSerializable {}
