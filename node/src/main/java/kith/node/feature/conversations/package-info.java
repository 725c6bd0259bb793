/// Rooms of two people.
@NullMarked
package kith.node.feature.conversations;

import org.jspecify.annotations.NullMarked;
