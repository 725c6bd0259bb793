/// Threads: the replies to a message in a view of their own, which accounts follow and read
/// independently of the room. A thread is named by its first message.
@NullMarked
package kith.node.feature.threads;

import org.jspecify.annotations.NullMarked;
