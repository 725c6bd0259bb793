/// Emoji reactions to messages: added and removed by posts, stored as entries of the room's log,
/// and shown as an amendment of the message.
@NullMarked
package kith.node.feature.reactions;

import org.jspecify.annotations.NullMarked;
