package kith.node.platform.objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import kith.node.platform.config.S3Settings;

/// The part of an S3 that a node uses, in memory. Stores the request bodies unchanged, so the
/// framing of a checksum would become content, as in some real servers.
public final class FakeS3 implements AutoCloseable {
  private static final int PAGE = 2;

  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final HttpServer server;
  private volatile UnaryOperator<byte[]> change = bytes -> bytes;

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

  public S3Settings settings() {
    return new S3Settings(
        Optional.of(endpoint()),
        "us-east-1",
        "bucket",
        "files/",
        true,
        4,
        Optional.of(new S3Settings.Keys("key", "secret")));
  }

  /// Keeps something else than it is sent, from now on.
  public void changes(UnaryOperator<byte[]> to) {
    change = to;
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
          objects.put(path, change.apply(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(200, -1);
        }
        case "GET" -> {
          var bytes = objects.get(path);
          if (path.matches("/[^/]+/?")) list(exchange);
          else if (bytes == null) refuse(exchange, 404, "NoSuchKey");
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

  /// In pages, so that a client has to ask for the next one.
  private void list(HttpExchange exchange) throws IOException {
    var query = new HashMap<String, String>();
    for (var field : exchange.getRequestURI().getQuery().split("&", -1))
      query.put(field.replaceFirst("=.*", ""), field.replaceFirst("[^=]*=?", ""));
    var bucket = exchange.getRequestURI().getPath().replaceFirst("/?$", "/");
    var after = bucket + query.getOrDefault("continuation-token", "");
    var found =
        objects.keySet().stream()
            .filter(key -> key.startsWith(bucket + query.getOrDefault("prefix", "")))
            .filter(key -> key.compareTo(after) > 0)
            .map(key -> key.substring(bucket.length()))
            .toList();
    var page = found.subList(0, Math.min(PAGE, found.size()));
    var text = new StringBuilder("<ListBucketResult>");
    for (var key : page) text.append("<Contents><Key>").append(key).append("</Key></Contents>");
    text.append("<IsTruncated>").append(page.size() < found.size()).append("</IsTruncated>");
    if (page.size() < found.size())
      text.append("<NextContinuationToken>%s</NextContinuationToken>".formatted(page.getLast()));
    answer(exchange, 200, text + "</ListBucketResult>");
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    answer(exchange, status, "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code));
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
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
