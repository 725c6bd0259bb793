/// The REST API and the route of the socket.
@NullMarked
package kith.node.gateway.http;

import org.jspecify.annotations.NullMarked;
