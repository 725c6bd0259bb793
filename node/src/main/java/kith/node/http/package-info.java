/// The REST side and the door to the socket.
@NullMarked
package kith.node.http;

import org.jspecify.annotations.NullMarked;
