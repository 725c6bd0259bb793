/// One WebSocket of one device: hello, open rooms, posts, back-pressure.
@NullMarked
package kith.node.core.session;

import org.jspecify.annotations.NullMarked;
