package kith.node.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.frame.ClientFrame;

/// A person in tests of routes: names rooms by their paths, `/v1/rooms/q3k…`, and sends bodies as
/// JSON texts.
final class HttpPerson {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestNode node;
  private final Person person;
  private final Set<String> open = new HashSet<>();
  private int posts;

  private HttpPerson(TestNode node, Person person) {
    this.node = node;
    this.person = person;
  }

  /// Signs up a new user with a unique name.
  static HttpPerson signsUp(TestNode node, String name) {
    return new HttpPerson(node, Person.signsUp(node.uri("/"), name + COUNT.incrementAndGet()));
  }

  /// Sends a request without a token.
  static Rest.Answer anonymous(TestNode node, String method, String path) {
    return new Rest(node.uri("/"), Optional.empty()).send(method, path, Optional.empty());
  }

  String name() {
    return person.name();
  }

  Rest.Answer get(String path) {
    return person.rest().get(path);
  }

  /// Sends a target that no valid client would send, and returns the start of the answer.
  String asksRaw(String target) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: kith\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
                  .formatted(target, person.accessToken())
                  .getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  /// Repeats the request until the answer matches, for results that arrive asynchronously.
  void awaits(String path, Predicate<Rest.Answer> wanted) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var answer = get(path);
    while (!wanted.test(answer)) {
      if (System.nanoTime() > deadline) throw new AssertionError("still " + answer.text());
      answer = get(path);
    }
  }

  Rest.Answer post(String path, String body) {
    return person.rest().send("POST", path, Optional.of(body));
  }

  Rest.Answer post(String path) {
    return person.rest().send("POST", path, Optional.empty());
  }

  Rest.Answer put(String path, String body) {
    return person.rest().send("PUT", path, body.isEmpty() ? Optional.empty() : Optional.of(body));
  }

  Rest.Answer patch(String path, String body) {
    return person.rest().send("PATCH", path, Optional.of(body));
  }

  Rest.Answer delete(String path) {
    return person.rest().send("DELETE", path, Optional.empty());
  }

  /// Creates a room and returns its path.
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
    var given = put(room + "/members/" + other.name() + "/role", "{\"role\":\"" + role + "\"}");
    assertThat(given.status()).describedAs(given.text()).isEqualTo(204);
  }

  /// Posts a message and returns its `seq`.
  long says(String room, String body) {
    return person.says(opened(room), body).seq();
  }

  long edits(String room, long target, String body) {
    return posts(new ClientFrame.Edit(id(), opened(room), target, body));
  }

  long redacts(String room, long target) {
    return posts(new ClientFrame.Redact(id(), opened(room), target, Optional.empty()));
  }

  private String id() {
    return "p" + ++posts;
  }

  private long posts(ClientFrame.Post post) {
    person.says(post);
    return person.isAcked(post.id()).seq();
  }

  /// The id of a room that is open on this person's socket.
  private String opened(String room) {
    var id = room.substring("/v1/rooms/".length());
    if (open.isEmpty()) person.connects();
    if (open.add(id)) person.opens(id);
    return id;
  }
}
