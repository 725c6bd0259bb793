package kith.node.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import kith.node.TestNode;
import org.jspecify.annotations.Nullable;

/// A user with an account, with requests over REST and posts over a socket.
final class HttpPerson {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestNode node;
  private final String name;
  private final String token;
  private @Nullable Socket socket;
  private int posts;

  private HttpPerson(TestNode node, String name, String token) {
    this.node = node;
    this.name = name;
    this.token = token;
  }

  /// The response to a request.
  record Answer(int status, String text, JsonNode json) {
    /// A refusal in short: `404 unknown-room`.
    String refusal() {
      return status + " " + json.path("code").asText();
    }

    String detail() {
      return json.path("detail").asText();
    }

    String field(String name) {
      return json.path(name).asText();
    }

    List<JsonNode> list(String name) {
      return StreamSupport.stream(json.path(name).spliterator(), false).toList();
    }

    /// One field of each element of a list.
    List<String> list(String name, String field) {
      return list(name).stream().map(element -> element.path(field).asText()).toList();
    }
  }

  /// Signs up a new user with a unique name.
  static HttpPerson signsUp(TestNode node, String name) {
    var unique = name + COUNT.incrementAndGet();
    var tokens =
        ask(
            node,
            "",
            "POST",
            "/v1/accounts",
            "{\"user\":\"" + unique + "\",\"password\":\"correct horse battery\"}");
    assertThat(tokens.status()).describedAs(tokens.text()).isEqualTo(201);
    return new HttpPerson(node, unique, tokens.field("accessToken"));
  }

  /// Sends a request without a token.
  static Answer anonymous(TestNode node, String method, String path) {
    return ask(node, "", method, path, "");
  }

  String name() {
    return name;
  }

  Answer get(String path) {
    return ask(node, token, "GET", path, "");
  }

  /// Sends a target that no valid client would send, and returns the start of the answer.
  String asksRaw(String target) throws IOException {
    try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), node.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: kith\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                  .formatted(target, token)
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /// Repeats the request until the answer matches, for results that arrive asynchronously.
  void awaits(String path, Predicate<Answer> wanted) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    var answer = get(path);
    while (!wanted.test(answer)) {
      if (System.nanoTime() > deadline) throw new AssertionError("still " + answer.text());
      answer = get(path);
    }
  }

  Answer post(String path, String body) {
    return ask(node, token, "POST", path, body);
  }

  Answer post(String path) {
    return post(path, "");
  }

  Answer put(String path, String body) {
    return ask(node, token, "PUT", path, body);
  }

  Answer patch(String path, String body) {
    return ask(node, token, "PATCH", path, body);
  }

  Answer delete(String path) {
    return ask(node, token, "DELETE", path, "");
  }

  /// Creates a room and returns its path: `/v1/rooms/q3k…`.
  String makes(String room) {
    var made = post("/v1/rooms", room);
    assertThat(made.status()).describedAs(made.text()).isEqualTo(201);
    return "/v1/rooms/" + made.field("room");
  }

  void joins(String room) {
    var joined = post(room + "/join");
    assertThat(joined.status()).describedAs(joined.text()).isEqualTo(200);
  }

  void gives(HttpPerson other, String role, String room) {
    var given = put(room + "/members/" + other.name + "/role", "{\"role\":\"" + role + "\"}");
    assertThat(given.status()).describedAs(given.text()).isEqualTo(204);
  }

  /// Posts a message and returns its `seq`.
  long says(String room, String body) {
    return posts(room, "send", "\"body\":\"" + body + "\"");
  }

  long edits(String room, long target, String body) {
    return posts(room, "edit", "\"target\":" + target + ",\"body\":\"" + body + "\"");
  }

  long redacts(String room, long target) {
    return posts(room, "redact", "\"target\":" + target);
  }

  private long posts(String room, String type, String fields) {
    var open = socket;
    if (open == null) {
      open = Socket.connect(node, token);
      socket = open;
    }
    var id = room.substring("/v1/rooms/".length());
    open.opens(id);
    var post = "p" + ++posts;
    open.say(
        "{\"type\":\"%s\",\"id\":\"%s\",\"room\":\"%s\",%s}".formatted(type, post, id, fields));
    var ack =
        open.await(frame ->
            frame.path("id").asText().equals(post)
                && !frame.path("type").asText().equals("entries"));
    assertThat(ack.path("type").asText()).describedAs(ack.toString()).isEqualTo("ack");
    return ack.path("seq").asLong();
  }

  private static Answer ask(TestNode node, String token, String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(node.uri(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) request.header("authorization", "Bearer " + token);
    if (!body.isEmpty()) request.header("content-type", "application/json");
    try {
      var response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), json(response.body()));
    } catch (IOException | InterruptedException fault) {
      throw new AssertionError(fault);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      return JSON.createObjectNode();
    }
  }

  /// A socket that sends posts one after the other.
  private static final class Socket implements WebSocket.Listener {
    private final LinkedBlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final List<String> open = new ArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private @Nullable WebSocket socket;

    static Socket connect(TestNode node, String token) {
      var made = new Socket();
      made.socket =
          CLIENT
              .newWebSocketBuilder()
              .subprotocols("kith.v1")
              .header("authorization", "Bearer " + token)
              .buildAsync(URI.create("ws://127.0.0.1:" + node.port() + "/v1/socket"), made)
              .orTimeout(10, TimeUnit.SECONDS)
              .join();
      made.say("{\"type\":\"hello\"}");
      made.await(frame -> frame.path("type").asText().equals("welcome"));
      return made;
    }

    void opens(String room) {
      if (open.contains(room)) return;
      open.add(room);
      say("{\"type\":\"open\",\"room\":\"" + room + "\"}");
      await(frame -> frame.path("type").asText().equals("complete"));
    }

    void say(String frame) {
      Objects.requireNonNull(socket).sendText(frame, true).orTimeout(10, TimeUnit.SECONDS).join();
    }

    JsonNode await(Predicate<JsonNode> wanted) {
      var before = new ArrayList<JsonNode>();
      try {
        while (true) {
          var frame = heard.poll(10, TimeUnit.SECONDS);
          if (frame == null) throw new AssertionError("not received, but " + before);
          if (wanted.test(frame)) return frame;
          before.add(frame);
        }
      } catch (InterruptedException stop) {
        throw new AssertionError(stop);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      part.append(text);
      if (last) {
        heard.add(json(part.toString()));
        part.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
