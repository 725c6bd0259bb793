/// The REST side and the door to the socket.
@NullMarked
package kith.node.gateway.http;

import org.jspecify.annotations.NullMarked;
