package kith.node.platform.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import javax.net.SocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open sockets to one database, which can all be closed at once.
///
/// A thread that waits for an answer over a network that drops all packets gets no error until the
/// driver's `socketTimeout`. The journal's pool waits as long for that thread before it closes, and
/// the actor system for the pool. Closing the socket ends the wait.
public final class DatabaseSockets implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DatabaseSockets.class);
  private static final Map<String, DatabaseSockets> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong LAST = new AtomicLong();

  private final String name = "sockets-" + LAST.incrementAndGet();

  // a socket that its user has closed is kept only until the next collection
  private final Set<AwaitingSocket> sockets =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  DatabaseSockets() {
    OPEN.put(name, this);
  }

  /// The name by which the driver finds these sockets.
  String name() {
    return name;
  }

  /// Closes all open sockets. New ones may be opened afterwards.
  void abort() {
    abort(_ -> true);
  }

  /// Closes the sockets that wait for an answer to bytes that were sent before a time.
  ///
  /// After an interruption of the network, TCP may repeat a lost packet only after a delay as long
  /// as the interruption. A new connection works at once.
  ///
  /// @param time of `System.nanoTime`
  void abortUnanswered(long time) {
    abort(socket -> socket.awaitsSince(time));
  }

  private void abort(Predicate<AwaitingSocket> which) {
    List<AwaitingSocket> chosen;
    synchronized (sockets) {
      sockets.removeIf(Socket::isClosed);
      chosen = sockets.stream().filter(which).toList();
    }
    for (var socket : chosen) {
      try {
        socket.close();
      } catch (IOException fault) {
        log.debug("database=socket-not-closed", fault);
      }
    }
    if (!chosen.isEmpty()) log.info("database=aborted connections={}", chosen.size());
  }

  @Override
  public void close() {
    OPEN.remove(name);
  }

  /// The driver creates it by its name, with `DatabaseSockets.name` as the argument.
  public static final class Factory extends SocketFactory {
    private final String name;

    public Factory(String name) {
      this.name = name;
    }

    @Override
    public Socket createSocket() {
      var socket = new AwaitingSocket();
      var known = OPEN.get(name);
      if (known != null) known.sockets.add(socket);
      return socket;
    }

    // the driver connects by itself

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
