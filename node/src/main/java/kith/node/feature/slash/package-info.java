/// Commands of bots: a bot registers them with a room, members call them, and the bot answers for
/// everybody or for the caller alone.
@NullMarked
package kith.node.feature.slash;

import org.jspecify.annotations.NullMarked;
