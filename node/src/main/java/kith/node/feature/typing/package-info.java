/// The users typing in a room.
@NullMarked
package kith.node.feature.typing;

import org.jspecify.annotations.NullMarked;
