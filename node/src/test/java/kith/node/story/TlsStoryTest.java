package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.platform.tls.TestAuthority;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTPS and WSS on a node's own port, and TLS between nodes.
@Tag("story")
class TlsStoryTest {
  private static final AtomicInteger STORIES = new AtomicInteger();
  private static final TestAuthority AUTHORITY = TestAuthority.create("chat authority");
  private static final HttpClient CLIENT = client(AUTHORITY);

  @TempDir static Path directory;
  private static TestNode node;

  private Person ann;
  private Person bob;
  private String room;

  @BeforeAll
  static void startNode() {
    var issued = AUTHORITY.intermediate("between").issueRsa();
    var forClients = AUTHORITY.serverFiles(directory.resolve("clients"), issued);
    var nodes = TestAuthority.create("node authority");
    var forNodes = nodes.files(directory.resolve("nodes"), nodes.issueEc());
    node =
        TestNode.start(
            Map.of(
                "kith.http.tls.certificate", forClients.certificate().toString(),
                "kith.http.tls.key", forClients.key().toString(),
                "kith.cluster.tls.certificate", forNodes.certificate().toString(),
                "kith.cluster.tls.key", forNodes.key().toString(),
                "kith.cluster.tls.authority", forNodes.authority().orElseThrow().toString()));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  private static HttpClient client(TestAuthority trusted) {
    return HttpClient.newBuilder()
        .connectTimeout(Duration.ofSeconds(5))
        .sslContext(trusted.trusted())
        .build();
  }

  @BeforeEach
  void annAndBobShareARoom() {
    var story = STORIES.incrementAndGet();
    ann = Person.signsUp(CLIENT, node.uri("/"), "ann" + story);
    bob = Person.signsUp(CLIENT, node.uri("/"), "bob" + story);
    room = ann.makesRoom("room " + story, Visibility.PUBLIC);
    bob.joins(room);
    ann.connects();
    bob.connects();
  }

  @AfterEach
  void theyLeave() {
    ann.close();
    bob.close();
  }

  @Test
  void aMessageReachesTheOtherMemberOverTls() {
    assertThat(node.uri("/").getScheme()).isEqualTo("https");
    ann.opens(room);
    bob.opens(room);
    // longer than a TLS record
    var long1 = "x".repeat(16_000);
    ann.says(room, "hello, Bob 😀");
    ann.says(room, long1);
    bob.sees(room, long1);
    assertThat(bob.texts(room)).containsExactly("hello, Bob 😀", long1);
    assertThat(bob.history(room)).hasSize(4);
  }

  @Test
  void aMessageReachesTheOtherNodeOverTls() {
    try (var there = node.another()) {
      bob.losesConnection();
      bob.goesTo(there.uri("/"));
      bob.connects();
      bob.opens(room);
      ann.opens(room);
      ann.says(room, "over there");
      bob.sees(room, "over there");
      bob.says(room, "over here");
      ann.sees(room, "over here");
      bob.close();
    }
  }

  @Test
  void aSlowReaderMissesNothing() {
    ann.opens(room);
    bob.opens(room);
    bob.stopsListening();
    for (var i = 0; i < 200; i++) ann.says(room, i + " " + "y".repeat(8_000));
    bob.listensAgain();
    bob.seesEntry(room, entry -> entry.seq() == 202, "the last line");
    assertThat(bob.log(room)).hasSize(200).allMatch(Entry.Message.class::isInstance);
  }

  @Test
  void aBrokenConnectionIsResumed() {
    ann.opens(room);
    bob.opens(room);
    ann.says(room, "one");
    bob.sees(room, "one");
    bob.losesConnection();
    var said = ann.says(room, "two");
    bob.connects(Map.of(room, said.seq() - 1));
    bob.hears(ServerFrame.Complete.class, complete -> complete.seq() == said.seq());
    assertThat(bob.texts(room)).containsExactly("two");
  }

  @Test
  void aClosedSocketGetsTheReason() {
    ann.sendsBytes(3);
    assertThat(ann.hears(ServerFrame.Goodbye.class, _ -> true).code())
        .isEqualTo("binary-not-supported");
    assertThat(ann.isHungUpOn()).isEqualTo(1003);
  }

  @Test
  void aClientThatDoesNotTrustTheAuthorityCannotConnect() {
    try (var stranger = client(TestAuthority.create("another authority"))) {
      assertThatThrownBy(() -> get(stranger, node.uri("/alive")))
          .isInstanceOf(SSLHandshakeException.class);
    }
    assertThat(ann.rest().get("/alive").status()).isEqualTo(200);
  }

  @Test
  void plainHttpIsNotAnswered() {
    var plain = URI.create("http://127.0.0.1:" + node.port() + "/alive");

    assertThatThrownBy(() -> get(CLIENT, plain)).isInstanceOf(IOException.class);
    assertThat(ann.rest().get("/alive").status()).isEqualTo(200);
  }

  @Test
  void cookiesAreSecureOverTls() throws Exception {
    var name = "c" + UUID.randomUUID().toString().substring(0, 8);
    var request =
        HttpRequest.newBuilder(node.uri("/v1/accounts"))
            .header("Content-Type", "application/json")
            .header("Origin", "https://127.0.0.1:" + node.port())
            .POST(
                BodyPublishers.ofString(
                    "{\"user\":\"%s\",\"password\":\"a long enough secret\",\"cookies\":true}"
                        .formatted(name)))
            .build();

    var cookies = CLIENT.send(request, BodyHandlers.ofString()).headers().allValues("set-cookie");

    // the attributes that browsers require for the prefix
    assertThat(cookies)
        .hasSize(2)
        .allMatch(cookie -> cookie.startsWith("__Host-kith_") && cookie.contains("Secure"))
        .allMatch(cookie -> cookie.contains("Path=/;") && !cookie.contains("Domain"));
  }

  @Test
  void onlyAuthenticatedEncryptionWithForwardSecrecyIsNegotiated() throws Exception {
    for (var old :
        List.of(
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"))
      try (var socket = socket("TLSv1.2", old)) {
        assertThatThrownBy(socket::startHandshake).as(old).isInstanceOf(SSLException.class);
      }
    try (var socket = socket("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")) {
      socket.startHandshake();
    }
    try (var socket = socket("TLSv1.3", "TLS_AES_256_GCM_SHA384")) {
      socket.startHandshake();
    }
  }

  private static SSLSocket socket(String protocol, String suite) throws IOException {
    var socket =
        (SSLSocket) AUTHORITY.trusted().getSocketFactory().createSocket("127.0.0.1", node.port());
    socket.setSoTimeout(10_000);
    socket.setEnabledProtocols(new String[] {protocol});
    socket.setEnabledCipherSuites(new String[] {suite});
    return socket;
  }

  private static HttpResponse<String> get(HttpClient client, URI address)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
