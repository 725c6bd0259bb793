/// Pinned messages of a room: pinned and unpinned by posts, stored as entries of the room's log,
/// shown as an amendment of the message, and listed by a projection.
@NullMarked
package kith.node.feature.pins;

import org.jspecify.annotations.NullMarked;
