package kith.node.platform.tls;

import javax.net.ssl.SSLEngine;

/// Makes the TLS side of each new connection between nodes.
interface Engines extends AutoCloseable {
  SSLEngine server();

  SSLEngine client(String host, int port);

  @Override
  default void close() {}
}
