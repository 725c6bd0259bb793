package kith.node.platform.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import kith.protocol.tls.Authorities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests of the clients' `KITH_CA`; they are here because the test certificates are.
class AuthoritiesTest {
  private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

  @TempDir Path directory;

  private static void connects(SSLContext client) throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    var server = AUTHORITY.trusted(AUTHORITY.issueEc()).getServerSocketFactory();
    try (var listening = (SSLServerSocket) server.createServerSocket(0, 1, loopback)) {
      var accepted =
          CompletableFuture.runAsync(() -> {
            try (var one = listening.accept()) {
              var _ = one.getInputStream().read();
            } catch (IOException turnedAway) {
              // the client fails, too
            }
          });
      try (var socket =
          (SSLSocket) client.getSocketFactory().createSocket(loopback, listening.getLocalPort())) {
        socket.setSoTimeout(10_000);
        socket.startHandshake();
      } finally {
        accepted.join();
      }
    }
  }

  @Test
  void onlyTheAuthorityInTheFileIsTrusted() throws IOException {
    var issued = AUTHORITY.issueEc();
    var own = AUTHORITY.files(directory.resolve("own"), issued).authority().orElseThrow();
    var others = TestAuthority.create("others");
    var other = others.files(directory.resolve("other"), issued).authority().orElseThrow();

    connects(Authorities.trusting(own));
    assertThatThrownBy(() -> connects(Authorities.trusting(other)))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aFileThatCannotBeUsedIsNamed() throws IOException {
    var missing = directory.resolve("missing.pem");
    assertThatThrownBy(() -> Authorities.trusting(missing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.toString());
    var empty = Files.writeString(directory.resolve("empty.pem"), "nothing");
    assertThatThrownBy(() -> Authorities.trusting(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("contains no certificate");
  }
}
