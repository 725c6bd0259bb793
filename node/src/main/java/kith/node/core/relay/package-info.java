/// A room's relay on each node where it is open: batching, fan-out, buffer.
@NullMarked
package kith.node.core.relay;

import org.jspecify.annotations.NullMarked;
