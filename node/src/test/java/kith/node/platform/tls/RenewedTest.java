package kith.node.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import kith.node.platform.config.StartFailure;
import kith.node.platform.config.Tls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewedTest {
  private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

  @TempDir Path directory;
  private final AtomicLong nanos = new AtomicLong();

  /// @return the certificate that the server showed
  private static Certificate handshake(SSLContext trusting, SSLEngine server) throws SSLException {
    var client = trusting.createSSLEngine();
    client.setUseClientMode(true);
    return Handshake.between(client, server).ofServer();
  }

  private static SSLEngine server(Tls files) {
    return Renewed.of("kith.http.tls", files).server();
  }

  @Test
  void aClientThatTrustsTheAuthorityIsServedWithRsaAndEc() throws SSLException {
    for (var issued : List.of(AUTHORITY.issueRsa(), AUTHORITY.issueEc())) {
      var files = AUTHORITY.serverFiles(directory, issued);
      assertThat(handshake(AUTHORITY.trusted(), server(files)))
          .isEqualTo(issued.chain().getFirst());
    }
  }

  @Test
  void theChainIncludesAnIntermediateAuthority() throws SSLException {
    var issued = AUTHORITY.intermediate("between").issueEc();
    assertThat(issued.chain()).hasSize(2);
    var files = AUTHORITY.serverFiles(directory, issued);

    assertThat(handshake(AUTHORITY.trusted(), server(files))).isEqualTo(issued.chain().getFirst());
  }

  @Test
  void aClientThatTrustsAnotherAuthorityRefusesTheServer() {
    var files = AUTHORITY.serverFiles(directory, AUTHORITY.issueEc());

    assertThatThrownBy(() -> handshake(TestAuthority.create("another").trusted(), server(files)))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aClientWithoutARequiredCertificateIsRefused() throws SSLException {
    var files = AUTHORITY.files(directory, AUTHORITY.issueEc());
    var stranger = TestAuthority.create("another").issueEc();

    assertThat(handshake(AUTHORITY.trusted(AUTHORITY.issueEc()), server(files))).isNotNull();
    assertThatThrownBy(() -> handshake(AUTHORITY.trusted(), server(files)))
        .isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> handshake(AUTHORITY.trusted(stranger), server(files)))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void replacedFilesAreUsedAfterTheNextCheck() throws Exception {
    var first = AUTHORITY.issueEc();
    var files = AUTHORITY.serverFiles(directory, first);
    var tls = new Renewed(files, nanos::get);
    var second = AUTHORITY.issueRsa();
    AUTHORITY.serverFiles(directory, second);

    assertThat(handshake(AUTHORITY.trusted(), tls.server())).isEqualTo(first.chain().getFirst());
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(handshake(AUTHORITY.trusted(), tls.server())).isEqualTo(second.chain().getFirst());
  }

  @Test
  void mismatchedFilesAreNotUsedUntilTheyMatch() throws Exception {
    var first = AUTHORITY.issueEc();
    var files = AUTHORITY.serverFiles(directory, first);
    var tls = new Renewed(files, nanos::get);
    var second = AUTHORITY.issueEc();
    TestAuthority.write(files.certificate(), "CERTIFICATE", TestAuthority.encoded(second.chain()));

    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(handshake(AUTHORITY.trusted(), tls.server())).isEqualTo(first.chain().getFirst());
    TestAuthority.write(files.key(), "PRIVATE KEY", List.of(second.key().getEncoded()));
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(handshake(AUTHORITY.trusted(), tls.server())).isEqualTo(second.chain().getFirst());
  }

  // faults in files

  private void isWrong(Tls files, Path named, String sentence) {
    assertThatThrownBy(() -> Renewed.of("kith.http.tls", files))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("kith.http.tls: ")
        .hasMessageContaining(named.toString())
        .hasMessageContaining(sentence);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    var files = AUTHORITY.serverFiles(directory, AUTHORITY.issueEc());
    Files.delete(files.key());

    isWrong(files, files.key(), "There is no file");
  }

  @Test
  void aFileWithoutACertificateIsNamed() throws IOException {
    var files = AUTHORITY.serverFiles(directory, AUTHORITY.issueEc());
    Files.writeString(files.certificate(), "nothing of interest");

    isWrong(files, files.certificate(), "contains no certificate");
  }

  @Test
  void aBrokenCertificateIsNamed() {
    var files = AUTHORITY.serverFiles(directory, AUTHORITY.issueEc());
    TestAuthority.write(files.certificate(), "CERTIFICATE", List.of(new byte[] {1, 2, 3}));

    isWrong(files, files.certificate(), "cannot be read");
  }

  @Test
  void aKeyOfAnotherCertificateIsNamed() {
    var files = AUTHORITY.serverFiles(directory, AUTHORITY.issueEc());
    TestAuthority.write(
        files.key(), "PRIVATE KEY", List.of(AUTHORITY.issueEc().key().getEncoded()));

    isWrong(files, files.key(), "does not belong to the certificate");
  }

  @Test
  void aKeyOfAnotherKindIsNamed() {
    var files = AUTHORITY.serverFiles(directory, AUTHORITY.issueEc());
    TestAuthority.write(
        files.key(), "PRIVATE KEY", List.of(AUTHORITY.issueRsa().key().getEncoded()));

    isWrong(files, files.key(), "is not an EC key");
  }

  @Test
  void aKeyInAnotherFormatIsRefusedWithTheConversionCommand() {
    var files = AUTHORITY.serverFiles(directory, AUTHORITY.issueEc());
    TestAuthority.write(files.key(), "EC PRIVATE KEY", List.of(new byte[] {1, 2, 3}));
    isWrong(files, files.key(), "openssl pkcs8 -topk8 -nocrypt");
    TestAuthority.write(files.key(), "ENCRYPTED PRIVATE KEY", List.of(new byte[] {1, 2, 3}));
    isWrong(files, files.key(), "is encrypted");
  }

  @Test
  void anAuthorityWithoutACertificateIsNamed() throws IOException {
    var files = AUTHORITY.files(directory, AUTHORITY.issueEc());
    Files.writeString(files.authority().orElseThrow(), "");

    isWrong(files, files.authority().orElseThrow(), "contains no certificate");
  }

  @Test
  void aKeyIsNeverShown() {
    var issued = AUTHORITY.issueEc();
    var files = AUTHORITY.serverFiles(directory, issued);
    var swapped = new Tls(files.key(), files.key(), Optional.empty());

    assertThatThrownBy(() -> Renewed.of("kith.http.tls", swapped))
        .hasMessageNotContaining(
            Base64.getEncoder().encodeToString(issued.key().getEncoded()).substring(0, 40));
  }
}
