package kith.node.gateway.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes on a Unix domain socket, for programs of the node's own user on its machine: only this
/// user can open the socket, so no password or token is needed. Each connection carries one HTTP
/// request without chunks, and has a limited size and time.
public final class LocalSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSocket.class);

  private static final int MOST_HEAD_BYTES = 8 << 10;
  private static final int MOST_CONNECTIONS = 16;

  /// A header that only this class sets, never a client.
  private static final AttributeKey<Boolean> LOCAL =
      AttributeKey.create("kith-local", Boolean.class);

  private final ServerSocketChannel door;
  private final Path file;
  private final int mostBodyBytes;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> handler;
  private final Materializer materializer;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);

  private LocalSocket(
      ServerSocketChannel door,
      Path file,
      int mostBodyBytes,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler,
      Materializer materializer) {
    this.door = door;
    this.file = file;
    this.mostBodyBytes = mostBodyBytes;
    this.handler = handler;
    this.materializer = materializer;
  }

  /// True for a request that came through such a socket.
  static boolean isLocal(HttpRequest request) {
    return request.getAttribute(LOCAL).orElse(false);
  }

  /// The socket of the node that serves clients on `port`.
  public static Path file(Path directory, int port) {
    return directory.resolve(port + ".sock");
  }

  /// Empty if the socket cannot be created: the node then serves its clients without it.
  public static Optional<LocalSocket> open(
      Path directory,
      int port,
      int mostBodyBytes,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler,
      Materializer materializer) {
    var file = file(directory, port);
    try {
      var opened = new LocalSocket(bind(file), file, mostBodyBytes, handler, materializer);
      Thread.ofPlatform().daemon().name("admin-socket").start(opened::run);
      LOG.info("admin-socket=open file={}", file);
      return Optional.of(opened);
    } catch (IOException | UnsupportedOperationException fault) {
      LOG.warn("admin-socket=unavailable file={} reason=\"{}\"", file, fault.toString());
      return Optional.empty();
    }
  }

  /// The directory is closed to others before the socket is created in it, so they never have
  /// access.
  private static ServerSocketChannel bind(Path file) throws IOException {
    var directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    // left by a node that was killed; no other node has this port
    Files.deleteIfExists(file);
    var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      door.bind(UnixDomainSocketAddress.of(file));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return door;
    } catch (IOException | RuntimeException fault) {
      door.close();
      throw fault instanceof IOException known ? known : new IOException(fault);
    }
  }

  private void run() {
    while (door.isOpen()) {
      try {
        // later connections wait in the backlog
        free.acquire();
        accept();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void accept() throws InterruptedException {
    try {
      var client = door.accept();
      Thread.ofVirtual().start(() -> serve(client));
    } catch (IOException fault) {
      free.release();
      // the process may have no file descriptor left for the moment
      if (door.isOpen()) Thread.sleep(ClusterIntervals.WAITING_ROOM_PAUSE);
    }
  }

  private void serve(SocketChannel client) {
    var deadline = new CompletableFuture<Void>();
    var _ =
        deadline
            .orTimeout(Intervals.ADMIN_REQUEST.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((_, _) -> close(client));
    try {
      write(client, answer(Channels.newInputStream(client)));
    } catch (IOException gone) {
      // the program retries
    } finally {
      deadline.complete(null);
      free.release();
    }
  }

  private static void close(SocketChannel client) {
    try {
      client.close();
    } catch (IOException fault) {
      LOG.debug("admin-socket=not-closed", fault);
    }
  }

  private HttpResponse answer(InputStream in) throws IOException {
    var request = request(in);
    return request == null ? Problems.response(Code.MALFORMED_REQUEST) : answer(request);
  }

  private HttpResponse answer(HttpRequest request) {
    try {
      return handler
          .apply(request)
          .toCompletableFuture()
          .get(Intervals.ADMIN_REQUEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Problems.response(Code.UNAVAILABLE);
    } catch (Exception fault) {
      return Problems.response(Code.UNAVAILABLE);
    }
  }

  /// Null if it is malformed.
  private @Nullable HttpRequest request(InputStream in) throws IOException {
    var lines = head(in).split("\r?\n", -1);
    var words = lines[0].split(" ", -1);
    if (words.length != 3 || !words[1].startsWith("/")) return null;
    var method = HttpMethods.lookup(words[0]);
    if (method.isEmpty() || header(lines, "transfer-encoding").isPresent()) return null;
    var length = header(lines, "content-length").orElse("0");
    if (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > mostBodyBytes) return null;
    var body = in.readNBytes(Integer.parseInt(length));
    if (body.length < Integer.parseInt(length)) return null;
    try {
      var request =
          HttpRequest.create("http://localhost" + words[1])
              .withMethod(method.get())
              .addAttribute(LOCAL, true);
      return body.length == 0
          ? request
          : request.withEntity(
              header(lines, "content-type").orElse("").startsWith("application/json")
                  ? ContentTypes.APPLICATION_JSON
                  : ContentTypes.APPLICATION_OCTET_STREAM,
              body);
    } catch (RuntimeException badUri) {
      return null;
    }
  }

  /// Everything before the empty line; the bytes read so far if it is too long or incomplete.
  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.length() < MOST_HEAD_BYTES) {
      int next = in.read();
      if (next < 0) return "";
      head.append((char) next);
      if (next == '\n' && (endsWith(head, "\n\n") || endsWith(head, "\r\n\r\n")))
        return head.toString();
    }
    return "";
  }

  private static boolean endsWith(StringBuilder text, String end) {
    return text.length() >= end.length() && text.indexOf(end, text.length() - end.length()) >= 0;
  }

  private static Optional<String> header(String[] lines, String name) {
    for (var line : lines)
      if (line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        return Optional.of(line.substring(name.length() + 1).strip());
    return Optional.empty();
  }

  private void write(SocketChannel client, HttpResponse response) throws IOException {
    var status = response.status().intValue();
    var bytes = new ByteArrayOutputStream();
    try {
      var entity =
          response
              .entity()
              .toStrict(Intervals.ADMIN_REQUEST.toMillis(), materializer)
              .toCompletableFuture()
              .join();
      bytes.writeBytes(
          """
          HTTP/1.1 %d %s\r
          Content-Type: %s\r
          Content-Length: %d\r
          Connection: close\r
          \r
          """
              .formatted(
                  status,
                  response.status().reason(),
                  entity.getContentType(),
                  entity.getData().size())
              .getBytes(StandardCharsets.UTF_8));
      bytes.writeBytes(entity.getData().toArray());
    } catch (RuntimeException fault) {
      throw new IOException(fault);
    }
    var all = ByteBuffer.wrap(bytes.toByteArray());
    while (all.hasRemaining()) client.write(all);
  }

  @Override
  public void close() {
    try {
      door.close();
      Files.deleteIfExists(file);
    } catch (IOException fault) {
      LOG.warn("admin-socket=not-closed file={} reason=\"{}\"", file, fault.toString());
    }
  }
}
