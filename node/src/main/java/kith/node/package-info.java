/// A node: `Main` starts it, `Guardian` spawns and wires its parts.
@NullMarked
package kith.node;

import org.jspecify.annotations.NullMarked;
