/// Unread counts and read positions of all rooms of an account, on all its devices.
@NullMarked
package kith.node.feature.inbox;

import org.jspecify.annotations.NullMarked;
