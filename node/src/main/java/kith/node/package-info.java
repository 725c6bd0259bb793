/// A node: `Main` starts it, `Guardian` spawns and wires what it is made of.
@NullMarked
package kith.node;

import org.jspecify.annotations.NullMarked;
