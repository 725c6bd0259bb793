/// Moderation of rooms: what only some members may know is kept beside the room's log, and not in
/// it.
@NullMarked
package kith.node.feature.moderation;

import org.jspecify.annotations.NullMarked;
