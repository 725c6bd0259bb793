/// Incoming webhooks: addresses to which programs send messages for one room.
@NullMarked
package kith.node.feature.inbound;

import org.jspecify.annotations.NullMarked;
