package kith.node.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import kith.node.platform.config.ClusterIntervals;
import kith.protocol.Code;
import kith.protocol.json.Json;
import kith.protocol.rest.ProblemDetails;

/// Answers at the port for clients while the node does not serve: `/ready` and all other paths
/// return the step the node waits for; `/alive` returns true.
///
/// It works without the actor system and the database, which the node may be waiting for. Each
/// connection carries one request.
public final class WaitingRoom implements AutoCloseable {
  private static final int MOST_REQUEST_BYTES = 8 << 10;
  private static final int MOST_CONNECTIONS = 64;

  /// The text for other machines: the reason contains addresses and paths.
  private static final String NOT_YET = "The node does not serve yet.";

  private final ServerSocket door;
  private final Supplier<String> reason;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("waiting-room").unstarted(this::run);

  private WaitingRoom(ServerSocket door, Supplier<String> reason) {
    this.door = door;
    this.reason = reason;
  }

  /// @param port 0 for any
  /// @param reason the step that the node waits for
  public static WaitingRoom open(String host, int port, Supplier<String> reason)
      throws IOException {
    var door = new ServerSocket();
    try {
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException fault) {
      door.close();
      throw fault;
    }
    var room = new WaitingRoom(door, reason);
    room.thread.start();
    return room;
  }

  public int port() {
    return door.getLocalPort();
  }

  private void run() {
    try {
      while (!door.isClosed()) {
        // later connections wait in the backlog
        free.acquire();
        accept();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() throws InterruptedException {
    try {
      var client = door.accept();
      Thread.ofVirtual().start(() -> serve(client));
    } catch (IOException fault) {
      free.release();
      // the process may have no file descriptor left for the moment
      if (!door.isClosed()) Thread.sleep(ClusterIntervals.WAITING_ROOM_PAUSE);
    }
  }

  private void serve(Socket client) {
    try (client) {
      var deadline = System.nanoTime() + ClusterIntervals.WAITING_REQUEST.toNanos();
      client.setSoTimeout((int) ClusterIntervals.WAITING_REQUEST.toMillis());
      path(client.getInputStream(), deadline)
          .ifPresent(path -> {
            try {
              var told = client.getInetAddress().isLoopbackAddress() ? reason.get() : NOT_YET;
              client.getOutputStream().write(answer(path, told).getBytes(StandardCharsets.UTF_8));
              client.shutdownOutput();
            } catch (IOException gone) {
              throw new UncheckedIOException(gone);
            }
          });
    } catch (IOException | UncheckedIOException gone) {
      // the client retries
    } finally {
      free.release();
    }
  }

  /// The path of a complete request without its query; empty for anything else.
  private static Optional<String> path(InputStream in, long deadline) throws IOException {
    var request = new StringBuilder();
    while (request.length() < MOST_REQUEST_BYTES && System.nanoTime() - deadline < 0) {
      int next = in.read();
      if (next < 0) return Optional.empty();
      request.append((char) next);
      if (next == '\n' && request.indexOf("\r\n\r\n") >= 0) {
        var words = request.substring(0, request.indexOf("\r\n")).split(" ", -1);
        return words.length == 3 ? Optional.of(words[1].split("\\?", 2)[0]) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String answer(String path, String told) {
    return switch (path) {
      case "/alive" -> response("200 OK", "application/json", new HealthRoutes.Alive(true));
      case "/ready" ->
          response(
              "503 Service Unavailable",
              "application/json",
              new HealthRoutes.Ready(false, Optional.of(told)));
      default ->
          response(
              "503 Service Unavailable",
              "application/problem+json",
              new ProblemDetails(
                  "about:blank",
                  Problems.title(Code.UNAVAILABLE),
                  503,
                  Code.UNAVAILABLE.wire(),
                  Optional.of(told),
                  OptionalLong.empty(),
                  Optional.empty()));
    };
  }

  private static String response(String status, String type, Record body) {
    var text = Json.restText(body);
    return """
    HTTP/1.1 %s\r
    Content-Type: %s\r
    Content-Length: %d\r
    Connection: close\r
    \r
    %s\
    """
        .formatted(status, type, text.getBytes(StandardCharsets.UTF_8).length, text);
  }

  /// Returns when the port is free.
  @Override
  public void close() {
    try {
      door.close();
      // the kernel keeps the port while a thread waits for connections
      thread.interrupt();
      thread.join(ClusterIntervals.WAITING_REQUEST);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
