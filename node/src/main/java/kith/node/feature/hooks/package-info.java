/// Webhooks of rooms: signed requests to a receiver of the room's owner.
@NullMarked
package kith.node.feature.hooks;

import org.jspecify.annotations.NullMarked;
