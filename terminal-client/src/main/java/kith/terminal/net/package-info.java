/// Everything between the client and its nodes: REST, one reconnecting WebSocket, and the outbox.
@NullMarked
package kith.terminal.net;

import org.jspecify.annotations.NullMarked;
