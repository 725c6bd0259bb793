/// Moderation of rooms: data that only some members may see is stored beside the room's log, not in
/// it.
@NullMarked
package kith.node.feature.moderation;

import org.jspecify.annotations.NullMarked;
