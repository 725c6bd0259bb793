/// A room's representative on each node with members: batching, fan-out, buffer.
@NullMarked
package kith.node.core.relay;

import org.jspecify.annotations.NullMarked;
