/// How events, snapshots and cluster messages become bytes: Jackson CBOR under logical names.
@NullMarked
package kith.node.platform.serialization;

import org.jspecify.annotations.NullMarked;
