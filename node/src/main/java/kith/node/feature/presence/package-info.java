/// Who is online, idle or away, and when an account was last seen.
@NullMarked
package kith.node.feature.presence;

import org.jspecify.annotations.NullMarked;
