package kith.node.platform.objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import kith.node.platform.config.NodeSettings;

/// The part of an S3 that a node uses, in memory. Keeps what it is sent, so the framing of a
/// checksum would become content, as in some real ones.
public final class FakeS3 implements AutoCloseable {
  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final HttpServer server;

  public FakeS3() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public NodeSettings.S3 settings() {
    return new NodeSettings.S3(
        Optional.of(endpoint()),
        "us-east-1",
        "bucket",
        "files/",
        true,
        4,
        Optional.of(new NodeSettings.S3Keys("key", "secret")));
  }

  /// By path.
  public Map<String, byte[]> objects() {
    return objects;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var isSigned = exchange.getRequestHeaders().containsKey("Authorization");
      switch (isSigned ? exchange.getRequestMethod() : "") {
        case "PUT" -> {
          objects.put(path, exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
        }
        case "GET" -> {
          var bytes = objects.get(path);
          if (bytes == null) refuse(exchange, 404, "NoSuchKey");
          else {
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        }
        case "DELETE" -> {
          objects.remove(path);
          exchange.sendResponseHeaders(204, -1);
        }
        default -> refuse(exchange, 403, "AccessDenied");
      }
    }
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    var text = "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code);
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
