package kith.node.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.SSLException;
import kith.node.core.account.TestClock;
import org.junit.jupiter.api.Test;

/// Handshakes between nodes that issue their certificates themselves.
class ClusterTlsTest {
  private static final Duration HALF_A_YEAR = Duration.ofDays(180);

  // Java's TLS checks certificates by the real clock
  private static final Instant NOW = Instant.now();

  private final Authority authority = Authority.create(NOW.minus(HALF_A_YEAR));
  private final ClusterAuthorities cluster = new ClusterAuthorities(List.of(authority));
  private final TestClock clock = new TestClock(NOW);

  private ClusterTls node(ClusterAuthorities authorities) {
    return ClusterTls.start(() -> authorities, clock);
  }

  /// @return the certificate that the server showed
  private static X509Certificate handshake(Engines client, Engines server) throws SSLException {
    return Handshake.between(client.client("host", 25520), server.server()).ofServer();
  }

  @Test
  void nodesOfOneClusterAcceptEachOther() throws Exception {
    var shown = handshake(node(cluster), node(cluster));

    shown.verify(authority.certificate().getPublicKey());
  }

  @Test
  void eachNodeHasItsOwnKey() throws SSLException {
    var client = node(cluster);

    assertThat(handshake(client, node(cluster)).getPublicKey())
        .isNotEqualTo(handshake(client, node(cluster)).getPublicKey());
  }

  @Test
  void nodesOfAnotherClusterAreRefusedOnBothSides() {
    var others = node(new ClusterAuthorities(List.of(Authority.create(NOW))));
    var server = node(cluster);

    assertThatThrownBy(() -> handshake(others, server)).isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> handshake(server, others)).isInstanceOf(SSLException.class);
  }

  @Test
  void aClientWithoutACertificateIsRefused() {
    var context = TestAuthority.create("trusts nobody");
    var engine = context.trusted().createSSLEngine();
    engine.setUseClientMode(true);

    assertThatThrownBy(() -> Handshake.between(engine, node(cluster).server()))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void aCertificateIsRenewedOnAConnectionWhenItIsDue() throws SSLException {
    var server = node(cluster);
    var client = node(cluster);
    var first = handshake(client, server);

    clock.set(NOW.plus(Duration.ofDays(4)));
    assertThat(handshake(client, server)).isEqualTo(first);
    clock.set(NOW.plus(Duration.ofDays(5)));

    var second = server.own();
    assertThat(second.issued()).isEqualTo(clock.instant());
    assertThat(second.certificate()).isNotEqualTo(first);
  }

  @Test
  void anExpiredCertificateIsRefused() {
    var lastWeek = Clock.fixed(NOW.minus(Duration.ofDays(8)), ZoneOffset.UTC);
    var expired = ClusterTls.start(() -> cluster, lastWeek);

    assertThatThrownBy(() -> handshake(expired, node(cluster))).isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> handshake(node(cluster), expired)).isInstanceOf(SSLException.class);
  }

  @Test
  void clocksMayDifferByHours() throws SSLException {
    var client = node(cluster);
    assertThat(client.own().issued()).isEqualTo(NOW);
    clock.set(NOW.plus(Duration.ofHours(11)));
    var ahead = node(cluster);

    assertThat(handshake(client, ahead)).isNotNull();
    assertThat(handshake(ahead, client)).isNotNull();
  }

  @Test
  void aNodeThatHasReadANewAuthorityIsAcceptedByOneThatHasNot() throws Exception {
    var successor = Authority.create(NOW.minus(Duration.ofHours(1)));
    var both = new ClusterAuthorities(List.of(authority, successor));
    var behind = node(cluster);
    var ahead = node(cluster);
    ahead.read(() -> both);

    handshake(ahead, behind).verify(authority.certificate().getPublicKey());
    handshake(behind, ahead).verify(authority.certificate().getPublicKey());
  }

  @Test
  void nodesWithCertificatesOfBothAuthoritiesAcceptEachOther() throws Exception {
    var successor = Authority.create(NOW.minus(Duration.ofHours(23)));
    var both = new ClusterAuthorities(List.of(authority, successor));
    var old = node(both);
    assertThat(old.own().issued()).isEqualTo(NOW);
    clock.set(NOW.plus(Duration.ofHours(2)));
    var latest = node(both);

    handshake(old, latest).verify(successor.certificate().getPublicKey());
    handshake(latest, old).verify(authority.certificate().getPublicKey());
  }

  @Test
  void withoutTheDatabaseTheKnownAuthoritiesStayInUse() throws SSLException {
    var server = node(cluster);
    server.read(() -> {
      throw new IllegalStateException("the database is away");
    });

    clock.set(NOW.plus(Duration.ofDays(6)));
    assertThat(server.own().issued()).isEqualTo(clock.instant());
    clock.set(NOW);
    assertThat(handshake(node(cluster), server)).isNotNull();
  }
}
