/// One device's connection: its socket, and the session behind it.
@NullMarked
package kith.node.socket;

import org.jspecify.annotations.NullMarked;
