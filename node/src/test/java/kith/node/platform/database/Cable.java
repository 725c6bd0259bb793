package kith.node.platform.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import kith.node.person.TestPorts;

/// A proxy to a PostgreSQL server that can cut off one node while others stay connected.
public final class Cable implements AutoCloseable {
  private final JdbcUrl far;
  private final int farPort;
  private final int nearPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket plug;
  private Thread listener;
  private volatile CountDownLatch silence = new CountDownLatch(0);

  private Cable(JdbcUrl far, ServerSocket plug) {
    this.far = far;
    this.farPort = Integer.parseInt(far.url().replaceFirst(".*:(\\d+)/.*", "$1"));
    this.plug = plug;
    this.nearPort = plug.getLocalPort();
    this.listener = listen(plug);
  }

  public static Cable to(JdbcUrl far) {
    return new Cable(far, plug(TestPorts.free()));
  }

  private static ServerSocket plug(int port) {
    try {
      return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /// The same database, through this cable.
  public JdbcUrl url() {
    var near = far.url().replace(":" + farPort + "/", ":" + nearPort + "/");
    return new JdbcUrl(near, Optional.of(far.user().orElseThrow()), far.password());
  }

  public synchronized void cut() {
    shut(plug);
    sockets.forEach(Cable::shut);
    sockets.clear();
  }

  /// Carries nothing any more, without a sign to either side, like a network that drops packets.
  public void fallSilent() {
    silence = new CountDownLatch(1);
  }

  /// Carries the bytes that were sent during the silence.
  public void speakAgain() {
    silence.countDown();
  }

  public void mend() {
    awaitListener();
    synchronized (this) {
      plug = plug(nearPort);
      listener = listen(plug);
    }
  }

  /// A thread that still accepts keeps the port of a closed plug in use. It may need this cable's
  /// lock before it ends.
  private void awaitListener() {
    Thread last;
    synchronized (this) {
      last = listener;
    }
    try {
      last.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread listen(ServerSocket open) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) join(open.accept());
          } catch (IOException _) {
            // cut
          }
        });
  }

  private synchronized void join(Socket near) throws IOException {
    if (plug.isClosed()) {
      shut(near);
      return;
    }
    var there = new Socket(InetAddress.getLoopbackAddress(), farPort);
    sockets.add(near);
    sockets.add(there);
    carry(near, there);
    carry(there, near);
  }

  private void carry(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            var buffer = new byte[8 << 10];
            for (int read; (read = from.getInputStream().read(buffer)) >= 0; ) {
              silence.await();
              to.getOutputStream().write(buffer, 0, read);
            }
          } catch (IOException | InterruptedException _) {
            // one of them has ended
          } finally {
            shut(from);
            shut(to);
          }
        });
  }

  private static void shut(AutoCloseable end) {
    try {
      end.close();
    } catch (Exception _) {
      // is shut already
    }
  }

  @Override
  public void close() {
    cut();
    speakAgain();
  }
}
