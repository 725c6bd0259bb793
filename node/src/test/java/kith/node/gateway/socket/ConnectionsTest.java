package kith.node.gateway.socket;

import static kith.node.gateway.socket.ClientFrames.handshake;
import static kith.node.gateway.socket.ClientFrames.text;
import static kith.node.gateway.socket.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kith.node.core.session.SocketEvent;
import kith.node.core.session.SocketWriter;
import kith.node.platform.config.HttpSettings;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.japi.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A connection before it is a socket, and its upgrade, over each transport that works here.
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // set before the tests of each transport
class ConnectionsTest {
  private static final ActorTestKit kit =
      ActorTestKit.create(ConfigFactory.parseString("pekko.http.server.idle-timeout = 2s"));
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final SocketFlow FLOW =
      new SocketFlow(new SocketSettings(LONG, LONG, LONG, 65_536, 16, LONG));

  private static final BlockingQueue<SessionProbe> sessions = new LinkedBlockingQueue<>();
  private static CompletableFuture<Void> late;

  private static Loops loops;
  private static Connections.Listening server;

  ConnectionsTest(Transport transport) {
    assertThat(loops.kind()).isEqualTo(transport);
  }

  @BeforeParameterizedClassInvocation
  static void serve(Transport transport) throws Exception {
    assumeThat(transport.obstacle()).as("what keeps %s from being used", transport).isEmpty();
    loops = Loops.start(HttpSettings.Transport.valueOf(transport.name()));
    late = new CompletableFuture<>();
    server = bind(kit, ConnectionsTest::answer);
  }

  @AfterParameterizedClassInvocation
  static void closeLoops() {
    if (loops != null) loops.close();
  }

  private static Connections.Listening bind(
      ActorTestKit kit, Function<HttpRequest, CompletionStage<HttpResponse>> handler)
      throws Exception {
    return Connections.bind(kit.system(), loops, "127.0.0.1", 0, Optional.empty(), handler)
        .toCompletableFuture()
        .get(3, TimeUnit.MINUTES);
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aConnectionAnswersRequestsUntilOneUpgradesIt() throws Exception {
    try (var client = connect()) {
      client.getOutputStream().write(utf8("GET /who HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      assertThat(head(client)).startsWith("HTTP/1.1 200 OK");
      assertThat(new String(client.getInputStream().readNBytes(9), StandardCharsets.US_ASCII))
          .isEqualTo("127.0.0.1");

      client.getOutputStream().write(handshake("/v1/socket"));
      assertThat(head(client)).startsWith("HTTP/1.1 101 ");
      var session = sessions.take();
      session.says("hello");
      client.getOutputStream().write(text("and you"));

      var hello = Frames.text(utf8("hello")).toArrayUnsafe();
      assertThat(client.getInputStream().readNBytes(hello.length)).isEqualTo(hello);
      session.hearsText("and you");
    }
  }

  @Test
  void anIdleHttpConnectionIsResetAndAnIdleSocketIsNot() throws Exception {
    try (var socket = connect()) {
      socket.getOutputStream().write(handshake("/v1/socket"));
      assertThat(head(socket)).startsWith("HTTP/1.1 101 ");
      var session = sessions.take();

      try (var silent = connect()) {
        assertThatThrownBy(() -> silent.getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessageContaining("reset");
      }

      socket.getOutputStream().write(text("still here"));
      session.hearsText("still here");
    }
  }

  @Test
  void aRequestWhoseHeadDoesNotArriveIsAnsweredAndItsConnectionClosed() throws Exception {
    var impatient =
        Connections.bind(
                kit.system(),
                loops,
                "127.0.0.1",
                0,
                Optional.empty(),
                Duration.ofMillis(200),
                ConnectionsTest::answer)
            .toCompletableFuture()
            .get(3, TimeUnit.MINUTES);
    try (var client = connect(impatient)) {
      client.getOutputStream().write(utf8("GET /who HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      assertThat(head(client)).startsWith("HTTP/1.1 200 OK");
      client.getInputStream().readNBytes(9);

      client.getOutputStream().write(utf8("GET /who HTTP/1.1\r\nHost: loc"));

      assertThat(head(client)).startsWith("HTTP/1.1 408 ");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aClientThatLeavesBeforeItsHandshakeIsAnsweredEndsTheSession() throws Exception {
    SessionProbe session;
    try (var client = connect()) {
      client.getOutputStream().write(handshake("/late"));
      session = sessions.take();
    }

    session.hears(new SocketEvent.Ended());
    late.complete(null);
  }

  @Test
  void aConnectionAboveTheLimitWaitsUntilAnotherCloses() throws Exception {
    var narrow =
        ActorTestKit.create(ConfigFactory.parseString("pekko.http.server.max-connections = 1"));
    var order = new LinkedBlockingQueue<String>();
    try {
      var full =
          bind(
              narrow,
              request -> {
                order.add(request.getUri().path());
                return answer(request);
              });
      try (var first = connect(full);
          var second = connect(full)) {
        first.getOutputStream().write(handshake("/v1/socket"));
        assertThat(head(first)).startsWith("HTTP/1.1 101 ");
        var session = sessions.take();
        second.getOutputStream().write(utf8("GET /who HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        for (var i = 0; i < 100; i++) {
          first.getOutputStream().write(text("here"));
          session.hearsText("here");
        }

        order.add("the first closes");
        first.close();

        assertThat(head(second)).startsWith("HTTP/1.1 200 OK");
        assertThat(order).containsExactly("/v1/socket", "the first closes", "/who");
      }
    } finally {
      narrow.shutdownTestKit();
    }
  }

  private static CompletionStage<HttpResponse> answer(HttpRequest request) {
    var path = request.getUri().path();
    if (path.equals("/who"))
      return CompletableFuture.completedFuture(
          HttpResponse.create()
              .withEntity(
                  request
                      .getAttribute(AttributeKeys.remoteAddress)
                      .flatMap(RemoteAddress::getAddress)
                      .orElseThrow()
                      .getHostAddress()));
    var handshake = FLOW.upgrade(request, ConnectionsTest::session).orElseThrow();
    return path.equals("/late")
        ? late.thenApply(_ -> handshake)
        : CompletableFuture.completedFuture(handshake);
  }

  private static SessionProbe session(SocketWriter writer) {
    var session = new SessionProbe(writer);
    sessions.add(session);
    return session;
  }

  private static Socket connect() throws IOException {
    return connect(server);
  }

  private static Socket connect(Connections.Listening to) throws IOException {
    var client = new Socket();
    client.connect(to.address());
    client.setSoTimeout(180_000);
    return client;
  }

  private static String head(Socket client) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n"))
      head.append((char) client.getInputStream().read());
    return head.toString();
  }
}
