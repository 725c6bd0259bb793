package kith.node.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kith.node.core.session.SocketEvent;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.SessionSettings;
import kith.protocol.Code;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A real server with the JDK's WebSocket client, an independent implementation, over each
/// transport that works here.
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // set before the tests of each transport
class SocketFlowTest {

  private static final ActorTestKit kit = ActorTestKit.create();
  private static final BlockingQueue<SessionProbe> sessions = new LinkedBlockingQueue<>();
  private static final HttpClient http = HttpClient.newHttpClient();
  private static Loops loops;
  private static Connections.Listening server;

  SocketFlowTest(Transport transport) {
    assertThat(loops.kind()).isEqualTo(transport);
  }

  @BeforeParameterizedClassInvocation
  static void serve(Transport transport) throws Exception {
    assumeThat(transport.obstacle()).as("what keeps %s from being used", transport).isEmpty();
    loops = Loops.start(HttpSettings.Transport.valueOf(transport.name()));
    var patient = new SocketFlow(settings());
    var minutes = Duration.ofMinutes(5);
    var impatient =
        new SocketFlow(
            new SocketSettings(minutes, minutes, minutes, 65_536, 16, Duration.ofMillis(100)));
    server =
        Connections.bind(
                kit.system(),
                loops,
                "127.0.0.1",
                0,
                Optional.empty(),
                request ->
                    CompletableFuture.completedFuture(
                        answer(
                            request.getUri().path().equals("/impatient") ? impatient : patient,
                            request)))
            .toCompletableFuture()
            .get(3, TimeUnit.MINUTES);
  }

  @AfterParameterizedClassInvocation
  static void closeLoops() {
    if (loops != null) loops.close();
  }

  @AfterAll
  static void stop() {
    http.shutdownNow();
    kit.shutdownTestKit();
  }

  @Test
  void textIsCarriedBothWaysByteForByte() throws Exception {
    var client = connect();
    var session = sessions.take();

    client.socket().sendText("hallo, wörld \uD83D\uDC4B", true).join();
    session.hearsText("hallo, wörld \uD83D\uDC4B");
    session.says("grüße \uD83C\uDF0D");

    client.sees("text grüße \uD83C\uDF0D");
    assertThat(client.socket().getSubprotocol()).isEqualTo("kith.v1");
  }

  @Test
  void aFragmentedMessageArrivesWhole() throws Exception {
    var client = connect();
    var session = sessions.take();

    client.socket().sendText("one, ", false).join();
    client.socket().sendPing(ByteBuffer.wrap(new byte[] {7})).join();
    client.socket().sendText("two", true).join();

    session.hearsText("one, two");
    client.sees("pong 1");
  }

  @Test
  void aPingIsAnsweredWithItsPayload() throws Exception {
    var client = connect();

    client.socket().sendPing(ByteBuffer.wrap(new byte[125])).join();

    client.sees("pong 125");
  }

  @Test
  void aClientsCloseCodeIsEchoed() throws Exception {
    var client = connect();
    var session = sessions.take();

    client.socket().sendClose(4000, "enough").join();

    client.sees("close 4000 ");
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aSessionClosesWithItsCodeAfterItsLastFrames() throws Exception {
    var client = connect();
    var session = sessions.take();

    session.writer.close(4403, "device-ended", Frames.text(ClientFrames.utf8("goodbye")));

    client.sees("text goodbye");
    client.sees("close 4403 device-ended");
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aBinaryMessageIsClosedWithThe1003OfTheSession() throws Exception {
    var client = connect();
    var session = sessions.take();

    client.socket().sendBinary(ByteBuffer.wrap(new byte[300]), true).join();

    session.hears(new SocketEvent.Violated(Code.BINARY_NOT_SUPPORTED, 1003));
    session.writer.close(1003, "binary-not-supported", ByteString.emptyByteString());
    client.sees("close 1003 binary-not-supported");
    session.hears(new SocketEvent.Ended());
  }

  @Test
  void aMessageOfTenMegabytesIsClosedWith1009BeforeItHasArrived() throws Exception {
    var client = connect();
    var session = sessions.take();

    var unheard = client.socket().sendText("x".repeat(10 << 20), true);

    session.hears(new SocketEvent.Violated(Code.FRAME_TOO_LARGE, 1009));
    session.writer.close(1009, "frame-too-large", ByteString.emptyByteString());
    client.sees("close 1009 frame-too-large");
    session.hears(new SocketEvent.Ended());
    unheard.cancel(true);
  }

  @Test
  void aClientThatVanishesEndsTheSession() throws Exception {
    var client = connect();
    var session = sessions.take();

    client.socket().abort();

    session.hears(new SocketEvent.Ended());
  }

  @Test
  void bytesAreQueuedUntilASlowClientReadsAgain() throws Exception {
    var frame = Frames.text(new byte[64 << 10]);
    try (var client = connectRaw("/v1/socket")) {
      var session = sessions.take();
      for (var i = 0; i < 512; i++) {
        session.writer.write(frame);
      }
      session.writer.signalWhenDrained();

      // the kernel buffers a few megabytes of the 32
      assertThat(session.writer.unwritten()).isGreaterThan(256L * frame.length());

      for (var i = 0; i < 512; i++) {
        assertThat(client.getInputStream().readNBytes(frame.length()))
            .isEqualTo(frame.toArrayUnsafe());
      }
      session.hears(new SocketEvent.Drained());
      assertThat(session.writer.unwritten()).isZero();
    }
  }

  @Test
  void aFloodIsReadInOrderAsTheSessionHandlesIt() throws Exception {
    var messages = 3_000;
    try (var client = connectRaw("/v1/socket")) {
      var session = sessions.take();
      var flood =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (var i = 0; i < messages; i++)
                    client.getOutputStream().write(ClientFrames.text(i + " " + "x".repeat(1_000)));
                } catch (IOException gone) {
                  throw new UncheckedIOException(gone);
                }
              });

      for (var i = 0; i < messages; i++) assertThat(session.nextText()).startsWith(i + " ");

      flood.join();
    }
  }

  @Test
  void aClientThatDoesNotReadTheEndOfItsSocketIsReset() throws Exception {
    var frame = Frames.text(new byte[64 << 10]);
    try (var client = connectRaw("/impatient")) {
      var session = sessions.take();
      for (var i = 0; i < 512; i++) {
        session.writer.write(frame);
      }

      session.writer.close(4408, "no-progress", ByteString.emptyByteString());

      session.hears(new SocketEvent.Ended());
      assertThatThrownBy(() -> client.getInputStream().readNBytes(512 * frame.length()))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void theNodeEndsTheConnectionAfterBothCloseFrames() throws Exception {
    try (var client = connectRaw("/v1/socket")) {
      var session = sessions.take();

      client.getOutputStream().write(ClientFrames.close(1000));

      assertThat(client.getInputStream().readAllBytes())
          .isEqualTo(Frames.close(1000, "").toArrayUnsafe());
      session.hears(new SocketEvent.Ended());
    }
  }

  @Test
  void aHandshakeWithoutTheSubprotocolIsRefused() {
    assertThatThrownBy(() ->
            http.newWebSocketBuilder()
                .buildAsync(uri(), new JdkClient.Transcript())
                .get(3, TimeUnit.MINUTES))
        .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class);
  }

  private static HttpResponse answer(SocketFlow flow, HttpRequest request) {
    return flow.upgrade(
            request,
            writer -> {
              var session = new SessionProbe(writer);
              sessions.add(session);
              return session;
            })
        .orElseGet(() -> HttpResponse.create().withStatus(400));
  }

  /// A client that reads only when the test reads.
  private static Socket connectRaw(String path) throws Exception {
    sessions.clear();
    var client = new Socket();
    client.setReceiveBufferSize(64 << 10);
    client.connect(server.address());
    client.setSoTimeout(180_000);
    client.getOutputStream().write(ClientFrames.handshake(path));
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) client.getInputStream().read());
    }
    assertThat(head.toString())
        .startsWith("HTTP/1.1 101 ")
        .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        .contains("Sec-WebSocket-Protocol: kith.v1\r\n");
    return client;
  }

  private static JdkClient connect() throws Exception {
    sessions.clear();
    var transcript = new JdkClient.Transcript();
    var socket =
        http.newWebSocketBuilder()
            .subprotocols(SocketFlow.SUBPROTOCOL)
            .buildAsync(uri(), transcript)
            .get(3, TimeUnit.MINUTES);
    return new JdkClient(socket, transcript);
  }

  private static URI uri() {
    return URI.create("ws://127.0.0.1:" + server.address().getPort() + "/v1/socket");
  }

  private static SessionSettings settings() {
    var minutes = Duration.ofMinutes(5);
    return new SessionSettings(
        100,
        100,
        100,
        minutes,
        minutes,
        minutes,
        minutes,
        65_536,
        16_384,
        300,
        600,
        600,
        1200,
        500,
        262_144,
        Duration.ofMinutes(10),
        Duration.ofSeconds(8),
        16,
        256,
        4,
        1_000,
        2,
        10);
  }
}
