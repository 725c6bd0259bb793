package kith.node.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import kith.node.person.Patience;

/// A receiver of webhooks and notifications in a test, whose answers the test chooses.
final class TestReceiver implements AutoCloseable {
  private static final ObjectMapper TREES = new ObjectMapper();

  /// A request that arrived.
  ///
  /// @param status of the answer; 0 if there was none
  record Received(String path, HttpExchange exchange, byte[] body, int status) {
    String header(String name) {
      return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    String method() {
      return exchange.getRequestMethod();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return TREES.readTree(body);
      } catch (JsonProcessingException fault) {
        throw new AssertionError(text(), fault);
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }

    /// The text of the message that a webhook delivers.
    String said() {
      return json().at("/data/entry/body").asText();
    }

    boolean isAccepted() {
      return status / 100 == 2;
    }
  }

  private record Answer(int status, String body) {}

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Deque<Answer> next = new ArrayDeque<>();
  private final List<Received> received = new ArrayList<>();
  private final int port;
  private HttpServer server;
  private int usual = 204;

  private TestReceiver(int port) throws IOException {
    listen(port);
    this.port = server.getAddress().getPort();
  }

  static TestReceiver start() {
    try {
      return new TestReceiver(0);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private void listen(int at) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 50);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /// The next requests get these statuses; 0 means no answer at all.
  synchronized void answers(Integer... statuses) {
    for (var status : statuses) next.add(new Answer(status, ""));
  }

  /// The next request gets this answer.
  synchronized void answersWith(int status, String body) {
    next.add(new Answer(status, body));
  }

  /// All requests but those get this status.
  synchronized void answersAlways(int status) {
    usual = status;
  }

  /// Nothing listens until [#comesBack].
  void isGone() {
    server.stop(0);
  }

  void comesBack() throws IOException {
    listen(port);
  }

  private void handle(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    Answer answer;
    synchronized (this) {
      answer = next.isEmpty() ? new Answer(usual, "") : next.remove();
      received.add(
          new Received(exchange.getRequestURI().getPath(), exchange, body, answer.status()));
      notifyAll();
    }
    var status = answer.status();
    if (status == 0) {
      awaitEnd();
      return;
    }
    if (status / 100 == 3) exchange.getResponseHeaders().add("location", url("/elsewhere"));
    var text = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
    if (text.length > 0) exchange.getResponseBody().write(text);
    exchange.close();
  }

  private void awaitEnd() {
    try {
      closed.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized List<Received> all() {
    return List.copyOf(received);
  }

  /// The accepted requests, in the order of arrival.
  List<Received> accepted() {
    return all().stream().filter(Received::isAccepted).toList();
  }

  /// Waits until the received requests are as expected.
  synchronized List<Received> hears(Predicate<List<Received>> wanted) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (!wanted.test(List.copyOf(received))) {
      var left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0)
        throw new AssertionError(
            "received: " + received.stream().map(it -> it.status() + " " + it.text()).toList());
      try {
        wait(left);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new AssertionError(stop);
      }
    }
    return List.copyOf(received);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
