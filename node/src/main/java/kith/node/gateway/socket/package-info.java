/// One device's connection: its socket, and the session behind it.
@NullMarked
package kith.node.gateway.socket;

import org.jspecify.annotations.NullMarked;
