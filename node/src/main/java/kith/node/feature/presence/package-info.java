/// The presence of users (online, idle, away, last seen).
@NullMarked
package kith.node.feature.presence;

import org.jspecify.annotations.NullMarked;
