package kith.node.feature.courier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import kith.node.feature.courier.Delivery.Answered;
import kith.node.feature.courier.Delivery.Unanswered;
import kith.node.platform.config.StartFailure;
import kith.node.platform.config.Subnet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSenderTest {
  private static final AddressPolicy LOOPBACK =
      new AddressPolicy(List.of(Subnet.of("127.0.0.0/8")));

  private static final String PASSWORD = "of a test";

  private interface Answer {
    void to(Socket client) throws IOException;
  }

  private ServerSocket server;
  private final StringBuffer received = new StringBuffer();

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void answers(Answer answer) {
    Thread.ofVirtual()
        .start(() -> {
          try (var client = server.accept()) {
            var bytes = client.getInputStream().readNBytes(200);
            received.append(new String(bytes, StandardCharsets.UTF_8));
            answer.to(client);
          } catch (IOException ended) {
            received.append("(ended)");
          }
        });
  }

  private static Answer text(String text) {
    return client -> client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private Delivery.Outcome sends(Duration limit) {
    return sends(limit, LOOPBACK, _ -> List.of(InetAddress.getLoopbackAddress()));
  }

  private Delivery.Outcome sends(
      Duration limit, AddressPolicy policy, HttpSender.Resolver resolver) {
    var sender =
        new HttpSender(policy, resolver, ReceiverTls.of(List.of()), limit, 2048, "Kith/test");
    return sender.post(
        new Delivery(
            URI.create("http://receiver.test:" + server.getLocalPort() + "/in?key=1"),
            Map.of("x-one", "1"),
            "x".repeat(200).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theRequestNamesTheHostOfTheUrl() {
    answers(text("HTTP/1.1 204 No Content\r\n\r\n"));

    assertThat(sends(Duration.ofSeconds(60))).isEqualTo(new Answered(204, Optional.empty()));
    assertThat(received.toString())
        .startsWith("POST /in?key=1 HTTP/1.1\r\nhost: receiver.test:" + server.getLocalPort())
        .contains("content-length: 200\r\n")
        .contains("x-one: 1\r\n");
  }

  @Test
  void anInterimAnswerPrecedesTheAnswer() {
    answers(text("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\nlater"));

    assertThat(sends(Duration.ofSeconds(60)))
        .isEqualTo(new Answered(503, Optional.of(Duration.ofSeconds(7))));
  }

  /// Answers the requests of all connections, one after the other.
  private void answersConnections(List<List<String>> answersOfConnections) {
    Thread.ofVirtual()
        .start(() -> {
          for (var answers : answersOfConnections)
            try (var client = server.accept()) {
              received.append("(connection)");
              for (var answer : answers) {
                var request = request(client);
                received.append(request.substring(request.length() - 1));
                client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
              }
            } catch (IOException ended) {
              received.append("(ended)");
            }
        });
  }

  /// The head, and a body of one byte.
  private static String request(Socket client) throws IOException {
    var text = new StringBuilder();
    while (!text.toString().endsWith("\r\n\r\n")) {
      var next = client.getInputStream().read();
      if (next < 0) throw new IOException("No request");
      text.append((char) next);
    }
    return text.append((char) client.getInputStream().read()).toString();
  }

  private List<Integer> sendsOverOneConnection(String bodies) {
    var sender =
        new HttpSender(
            LOOPBACK,
            _ -> List.of(InetAddress.getLoopbackAddress()),
            ReceiverTls.of(List.of()),
            Duration.ofMinutes(3),
            2048,
            "Kith/test");
    try (var connection = sender.connection()) {
      return bodies
          .chars()
          .mapToObj(body ->
              connection.send(
                  new Delivery(
                      URI.create("http://receiver.test:" + server.getLocalPort() + "/"),
                      Map.of(),
                      new byte[] {(byte) body})))
          .map(outcome -> outcome instanceof Answered answered ? answered.status() : 0)
          .toList();
    }
  }

  @Test
  void requestsShareOneConnectionForAnyContentOfTheirAnswers() {
    answersConnections(
        List.of(
            List.of(
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nHTTP",
                "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3;x=y\r\nHTT\r\n1\r\nP\r\n0\r\ntrailer: 1\r\n\r\n",
                "HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n")));

    assertThat(sendsOverOneConnection("abcd")).containsExactly(204, 200, 202, 500);
    assertThat(received.toString()).isEqualTo("(connection)abcd");
  }

  @Test
  void aConnectionThatTheReceiverDoesNotKeepIsReplaced() {
    answersConnections(
        List.of(
            List.of("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"),
            List.of("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
            List.of("HTTP/1.1 200 OK\r\n\r\nuntil the end"),
            List.of("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nlong"),
            List.of("HTTP/1.1 204 No Content\r\n\r\n")));

    assertThat(sendsOverOneConnection("abcde")).containsExactly(204, 200, 200, 200, 204);
    assertThat(received.toString())
        .isEqualTo("(connection)a(connection)b(connection)c(connection)d(connection)e");
  }

  @Test
  void aConnectionThatEndedBetweenTwoRequestsIsReplaced() {
    answersConnections(
        List.of(
            List.of("HTTP/1.1 204 No Content\r\n\r\n"),
            List.of("HTTP/1.1 204 No Content\r\n\r\n")));

    assertThat(sendsOverOneConnection("ab")).containsExactly(204, 204);
    assertThat(received.toString()).isEqualTo("(connection)a(connection)b");
  }

  @Test
  void aTruncatedAnswerIsNotAReasonToSendAgain() {
    answersConnections(
        List.of(List.of("HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 2"), List.of("unused")));

    assertThat(sendsOverOneConnection("ab")).containsExactly(204, 0);
    assertThat(received.toString()).isEqualTo("(connection)ab");
  }

  @Test
  void theBodyOfAnAnswerIsReadIfItIsAskedForAndNotTooLong() {
    for (var most : List.of(5, 4)) {
      answers(text("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
      var sender =
          new HttpSender(
              LOOPBACK,
              _ -> List.of(InetAddress.getLoopbackAddress()),
              ReceiverTls.of(List.of()),
              Duration.ofMinutes(3),
              2048,
              "Kith/test");
      var outcome =
          sender.call(
              new Delivery(
                  URI.create("http://receiver.test:" + server.getLocalPort() + "/"),
                  Map.of(),
                  "x".repeat(200).getBytes(StandardCharsets.UTF_8)),
              most);

      assertThat(outcome)
          .isEqualTo(
              new Answered(200, Optional.empty(), Optional.of("hello").filter(_ -> most == 5)));
    }
  }

  @Test
  void aRedirectIsAnAnswerLikeOthers() {
    answers(text("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n"));

    assertThat(sends(Duration.ofSeconds(60))).isEqualTo(new Answered(302, Optional.empty()));
  }

  @Test
  void aReceiverThatHangsTimesOut() {
    answers(client -> client.getInputStream().readAllBytes());

    assertThat(sends(Duration.ofMillis(100)))
        .isEqualTo(new Unanswered("There was no answer within 100 ms."));
  }

  @Test
  void aReceiverThatNeverEndsItsHeadersTimesOut() {
    answers(client -> {
      var out = client.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
      while (true) out.write("x: y\r\n".getBytes(StandardCharsets.UTF_8));
    });

    assertThat(sends(Duration.ofSeconds(60)))
        .isEqualTo(new Unanswered("The connection ended without an answer."));
  }

  /// Each byte comes in time, the whole answer does not.
  @Test
  void aReceiverThatAnswersByteByByteTimesOut() {
    answers(client -> {
      var out = client.getOutputStream();
      out.write("HTTP/1.1 ".getBytes(StandardCharsets.UTF_8));
      out.flush();
      // until the sender closes the connection; it sends nothing more
      var _ = client.getInputStream().readAllBytes();
    });

    assertThat(sends(Duration.ofMillis(200))).isInstanceOf(Unanswered.class);
  }

  @Test
  void aProgramThatIsNotAWebServerIsNotAReceiver() {
    answers(text("220 mail.example.org ESMTP\r\n\r\n"));

    assertThat(sends(Duration.ofSeconds(60)))
        .isEqualTo(new Unanswered("The receiver did not answer with HTTP/1.1."));
  }

  @Test
  void aNameWithAnyAddressInsideIsRefusedWithoutAConnection() throws Exception {
    var mixed = List.of(InetAddress.getByName("1.1.1.1"), InetAddress.getByName("169.254.169.254"));

    var outcome = sends(Duration.ofSeconds(60), new AddressPolicy(List.of()), _ -> mixed);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Unanswered.class, it -> assertThat(it.reason()).contains("not public"));
  }

  /// The name is resolved once: an answer that changes between check and connection gains nothing.
  @Test
  void theConnectionGoesToTheCheckedAddress() {
    answers(text("HTTP/1.1 200 OK\r\n\r\n"));
    var asked = new AtomicInteger();

    var outcome =
        sends(
            Duration.ofSeconds(60),
            LOOPBACK,
            _ -> {
              if (asked.incrementAndGet() > 1) return List.of(InetAddress.getByName("10.0.0.1"));
              return List.of(InetAddress.getLoopbackAddress());
            });

    assertThat(outcome).isEqualTo(new Answered(200, Optional.empty()));
    assertThat(asked).hasValue(1);
  }

  @Test
  void aPublicReceiverMustBeReachedByHttps() throws Exception {
    var outcome =
        sends(
            Duration.ofSeconds(60),
            new AddressPolicy(List.of()),
            _ -> List.of(InetAddress.getByName("1.1.1.1")));

    assertThat(outcome)
        .isEqualTo(new Unanswered("A receiver on a public address must be reached by https."));
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsRefusedUnlessItIsTheOperatorsOwn(@TempDir Path directory)
      throws Exception {
    var store = directory.resolve("receiver.p12");
    keytool(
        "-genkeypair",
        store,
        "-keyalg",
        "EC",
        "-dname",
        "CN=receiver.test",
        "-ext",
        "san=dns:receiver.test");
    var pem = directory.resolve("authority.pem");
    keytool("-exportcert", store, "-rfc", "-file", pem.toString());
    server.close();
    server = tlsServer(store).createServerSocket(0, 10, InetAddress.getLoopbackAddress());

    answersTls();
    assertThat(sendsByTls("receiver.test", ReceiverTls.of(List.of())))
        .isInstanceOfSatisfying(
            Unanswered.class, it -> assertThat(it.reason()).containsIgnoringCase("certificat"));
    answersTls();
    assertThat(sendsByTls("receiver.test", ReceiverTls.of(List.of(pem))))
        .isEqualTo(new Answered(204, Optional.empty()));
    // the certificate is for another name
    answersTls();
    assertThat(sendsByTls("other.test", ReceiverTls.of(List.of(pem))))
        .isInstanceOf(Unanswered.class);
  }

  @Test
  void aFileWithoutCertificatesStopsTheStart(@TempDir Path directory) throws IOException {
    var file = Files.writeString(directory.resolve("empty.pem"), "nothing");

    for (var wrong : List.of(file, directory.resolve("missing.pem")))
      assertThatThrownBy(() -> ReceiverTls.of(List.of(wrong)))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("kith.couriers.authorities");
  }

  private void answersTls() {
    answers(text("HTTP/1.1 204 No Content\r\n\r\n"));
  }

  private Delivery.Outcome sendsByTls(String host, Supplier<SSLSocketFactory> tls) {
    var sender =
        new HttpSender(
            LOOPBACK,
            _ -> List.of(InetAddress.getLoopbackAddress()),
            tls,
            Duration.ofSeconds(60),
            2048,
            "Kith/test");
    return sender.post(
        new Delivery(
            URI.create("https://" + host + ":" + server.getLocalPort() + "/in"),
            Map.of(),
            "x".repeat(200).getBytes(StandardCharsets.UTF_8)));
  }

  private static void keytool(String act, Path store, String... more)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                act,
                "-alias",
                "receiver",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    var made = new ProcessBuilder(command).inheritIO().start();
    assertThat(made.waitFor()).isZero();
  }

  private static SSLServerSocketFactory tlsServer(Path store) throws Exception {
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }
}
