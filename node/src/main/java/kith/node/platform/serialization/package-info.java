/// Serialization of events, snapshots and cluster messages: Jackson CBOR under logical names.
@NullMarked
package kith.node.platform.serialization;

import org.jspecify.annotations.NullMarked;
