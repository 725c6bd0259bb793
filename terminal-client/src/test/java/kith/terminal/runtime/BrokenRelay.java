package kith.terminal.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Passes connections on to a node until a number of bytes has passed; then it is gone, as a killed
/// node is.
final class BrokenRelay implements AutoCloseable {
  private final ServerSocket server;
  private final URI node;
  private final AtomicLong left;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  BrokenRelay(URI node, long bytes) throws IOException {
    this.node = node;
    left = new AtomicLong(bytes);
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  boolean isGone() {
    return server.isClosed();
  }

  private void accept() {
    try {
      while (true) {
        var client = server.accept();
        var upstream = new Socket(node.getHost(), node.getPort());
        sockets.add(client);
        sockets.add(upstream);
        Thread.ofVirtual().start(() -> copy(client, upstream));
        Thread.ofVirtual().start(() -> copy(upstream, client));
      }
    } catch (IOException closed) {
      close();
    }
  }

  private void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      var buffer = new byte[8192];
      for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (left.addAndGet(-count) < 0) close();
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException over) {
      // one side has ended
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (var socket : sockets) socket.close();
    } catch (IOException alreadyGone) {
      // nothing is left to close
    }
  }
}
