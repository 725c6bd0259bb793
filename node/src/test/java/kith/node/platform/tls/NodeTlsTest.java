package kith.node.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import kith.node.platform.config.Tls;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS between nodes, and connections that must be refused.
@Tag("story")
class NodeTlsTest {
  private static final TestAuthority AUTHORITY = TestAuthority.create("nodes");

  /// The first bytes of a connection between nodes: a magic number and the id of the stream.
  private static final byte[] HELLO = {'A', 'K', 'K', 'A', 1};

  @TempDir Path directory;
  private ActorTestKit first;

  @BeforeEach
  void theFirstNodeFormsACluster() {
    first = node(AUTHORITY.files(directory.resolve("first"), AUTHORITY.issueEc()));
    join(first, first).join();
  }

  @AfterEach
  void itStops() {
    first.shutdownTestKit();
  }

  private static ActorTestKit node(Tls files) {
    var own =
        ConfigFactory.parseString(
            """
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.persistence.journal.auto-start-journals = []
            pekko.persistence.snapshot-store.auto-start-snapshot-stores = []
            pekko.cluster.split-brain-resolver.active-strategy = keep-majority
            # Pekko may wait forever for its TLS connections; `Ending` bounds that wait
            pekko.actor.testkit.typed.throw-on-shutdown-timeout = off
            """);
    var tls = new NodeTls(Renewed.of("kith.cluster.tls", files));
    var setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(own.withFallback(ConfigFactory.load())), tls.setup());
    return ActorTestKit.create(ActorSystem.create(Behaviors.empty(), "kith", setup));
  }

  private static CompletableFuture<Done> join(ActorTestKit node, ActorTestKit to) {
    var up = new CompletableFuture<Done>();
    var cluster = Cluster.get(node.system());
    cluster.registerOnMemberUp(() -> up.complete(Done.getInstance()));
    cluster.join(Cluster.get(to.system()).selfAddress());
    return up.orTimeout(20, TimeUnit.SECONDS);
  }

  private static int members(ActorTestKit node) {
    var count = 0;
    for (var _ : Cluster.get(node.system()).state().getMembers()) count++;
    return count;
  }

  private InetSocketAddress address() {
    var address = Cluster.get(first.system()).selfAddress();
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), (Integer) address.port().get());
  }

  @Test
  void nodesOfTheAuthorityConnectWithAnyKindOfKey() {
    var between = AUTHORITY.intermediate("between");
    var second = node(AUTHORITY.files(directory.resolve("second"), between.issueRsa()));
    try {
      join(second, first).join();

      assertThat(members(second)).isEqualTo(2);
    } finally {
      second.shutdownTestKit();
    }
  }

  @Test
  void aNodeOfAnotherAuthorityCannotJoin() throws InterruptedException {
    var others = TestAuthority.create("others");
    // it trusts the right authority, but has no certificate of it
    var files = AUTHORITY.files(directory.resolve("stranger"), others.issueEc());
    var refusals = new RefusalLog();
    var stranger = node(files);
    var second = node(AUTHORITY.files(directory.resolve("second"), AUTHORITY.issueEc()));
    try {
      var attempt = join(stranger, first);
      // it started later, so the stranger had at least as much time
      join(second, first).join();

      assertThat(attempt).isNotDone();
      assertThat(members(first)).isEqualTo(2);
      assertThat(members(stranger)).isZero();
      refusals.has(
          "peer=127.0.0.1:" + address().getPort(), "does not accept this node's certificate");
    } finally {
      refusals.close();
      stranger.shutdownTestKit();
      second.shutdownTestKit();
    }
  }

  /// @return whether the node accepts the bytes and keeps the connection open
  private boolean listensTo(SSLContext context) {
    try (var socket = context.getSocketFactory().createSocket()) {
      socket.connect(address(), 5_000);
      socket.setSoTimeout(1_500);
      socket.getOutputStream().write(HELLO);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException stillOpen) {
      return true;
    } catch (IOException refused) {
      // an alert, or the closed connection after it
      return false;
    }
  }

  @Test
  void onlyACertificateOfTheAuthorityIsAccepted() {
    assertThat(listensTo(AUTHORITY.trusted(AUTHORITY.issueEc()))).isTrue();
    assertThat(listensTo(AUTHORITY.trusted())).isFalse();
    assertThat(listensTo(AUTHORITY.trusted(TestAuthority.create("others").issueEc()))).isFalse();
  }

  @Test
  void aConnectionWithoutTlsIsClosed() throws IOException {
    try (var socket = new Socket()) {
      socket.connect(address(), 5_000);
      assertThat(answer(socket)).as("at most an alert").hasSizeLessThan(32);
    }
  }

  /// A node that closes the connection before it has read everything resets it.
  private static byte[] answer(Socket socket) throws IOException {
    try {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(HELLO);
      socket.getOutputStream().write("this is not TLS".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      return new byte[0];
    }
  }
}
