package kith.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// A proxy that loses answers: it forwards everything to a node and back, but resets the client's
/// connection when the node returns a certain answer. So the node has executed the request, and the
/// client has no answer.
///
/// An answer is lost if it is a WebSocket's frame that contains a certain text, or a response to a
/// request whose first line begins with it.
final class AnswerProxy implements AutoCloseable {
  private static final int CONNECTING_MILLIS = 5_000;
  private static final int LONGEST_HEAD = 64 * 1024;
  private static final String NOTHING = "";

  private final ServerSocket listening;
  private final InetSocketAddress node;
  private final AtomicInteger lost = new AtomicInteger();
  private volatile String marked = NOTHING;
  private volatile int left;

  AnswerProxy(URI node) throws IOException {
    this.node = new InetSocketAddress(node.getHost(), node.getPort());
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("answer-proxy").start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /// Loses the next `times` answers that are marked by this text.
  synchronized void lose(String text, int times) {
    marked = text;
    left = times;
  }

  synchronized void loseNothing() {
    marked = NOTHING;
  }

  /// Number of answers lost so far.
  int lost() {
    return lost.get();
  }

  private synchronized boolean isLost(String text) {
    if (marked.equals(NOTHING) || left == 0 || !text.contains(marked)) return false;
    left--;
    lost.incrementAndGet();
    return true;
  }

  private void accept() {
    while (!listening.isClosed())
      try {
        var client = listening.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
  }

  private void connect(Socket client) {
    var connection = new Connection(client, new Socket());
    try {
      connection.server.connect(node, CONNECTING_MILLIS);
      client.setTcpNoDelay(true);
      connection.server.setTcpNoDelay(true);
      Thread.ofVirtual().start(connection::forwardRequests);
      connection.forwardAnswers();
    } catch (IOException ended) {
      connection.end();
    }
  }

  private final class Connection {
    private final Socket client;
    private final Socket server;
    private volatile String request = NOTHING;

    private Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    private void forwardRequests() {
      try {
        var from = client.getInputStream();
        var to = server.getOutputStream();
        var buffer = new byte[16 * 1024];
        for (int size = from.read(buffer); size >= 0; size = from.read(buffer)) {
          var text = new String(buffer, 0, size, StandardCharsets.ISO_8859_1);
          // a client of HTTP/1.1 sends the next request when it has the answer to the former one
          if (text.matches("(?s)(GET|POST|PUT|DELETE|PATCH) /.*"))
            request = text.substring(0, Math.max(0, text.indexOf('\r')));
          to.write(buffer, 0, size);
        }
        server.shutdownOutput();
      } catch (IOException ended) {
        end();
      }
    }

    private void forwardAnswers() throws IOException {
      var from = new DataInputStream(new BufferedInputStream(server.getInputStream()));
      var to = client.getOutputStream();
      if (isWebSocket(from, to)) forwardFrames(from, to);
      else forwardResponses(from, to);
      end();
    }

    private boolean isWebSocket(InputStream from, OutputStream to) throws IOException {
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0 && head.length() < LONGEST_HEAD) {
        int next = from.read();
        if (next < 0) throw new IOException("no answer");
        head.append((char) next);
      }
      if (isLost(request)) throw new IOException("lost");
      to.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      to.flush();
      return head.toString().startsWith("HTTP/1.1 101");
    }

    private void forwardResponses(InputStream from, OutputStream to) throws IOException {
      var buffer = new byte[16 * 1024];
      // the rest of the first answer is not an answer of its own
      var answered = request;
      for (int size = from.read(buffer); size >= 0; size = from.read(buffer)) {
        if (!request.equals(answered) && isLost(request)) return;
        answered = request;
        to.write(buffer, 0, size);
      }
    }

    private void forwardFrames(DataInputStream from, OutputStream to) throws IOException {
      for (; ; ) {
        var head = new byte[2];
        from.readFully(head);
        int size = head[1] & 0x7f;
        var extended = new byte[size == 126 ? 2 : size == 127 ? 8 : 0];
        from.readFully(extended);
        long length = extended.length == 0 ? size : 0;
        for (byte part : extended) length = (length << 8) | (part & 0xff);
        var payload = new byte[Math.toIntExact(length)];
        from.readFully(payload);
        if (isLost(new String(payload, StandardCharsets.UTF_8))) return;
        to.write(head);
        to.write(extended);
        to.write(payload);
      }
    }

    /// Resets the client's connection, so that it receives nothing more.
    private void end() {
      try (client;
          server) {
        client.setSoLinger(true, 0);
      } catch (IOException alreadyClosed) {
        // nothing is left to do
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
