package kith.node.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import kith.node.platform.tls.RefusedPeers.Reason;
import org.junit.jupiter.api.Test;

class RefusedPeersTest {
  private static final Instant NOW = Instant.now();

  private static final Authority AUTHORITY = Authority.create(NOW);

  private final AtomicLong nanos = new AtomicLong();
  private final RefusedPeers refused = new RefusedPeers(nanos::get);

  private static ClusterTls node(Authority authority, Instant now) {
    var cluster = new ClusterAuthorities(List.of(authority));
    return ClusterTls.start(() -> cluster, Clock.fixed(now, ZoneOffset.UTC));
  }

  /// The reasons of a failed handshake: of the side that noticed it, and of the side that got its
  /// alert.
  private static Set<Reason> reasons(SSLEngine client, SSLEngine server) throws SSLException {
    var reasons = new LinkedHashSet<Reason>();
    var toServer = ByteBuffer.allocate(64 * 1024);
    var toClient = ByteBuffer.allocate(64 * 1024);
    client.beginHandshake();
    server.beginHandshake();
    for (var i = 0; i < 100; i++) {
      step(client, toClient, toServer).ifPresent(reasons::add);
      step(server, toServer, toClient).ifPresent(reasons::add);
    }
    return reasons;
  }

  private static Optional<Reason> step(SSLEngine engine, ByteBuffer in, ByteBuffer out) {
    try {
      Handshake.step(engine, in, out);
      return Optional.empty();
    } catch (SSLException fault) {
      return Optional.of(Reason.of(fault));
    }
  }

  private static SSLEngine modern(SSLEngine engine) {
    engine.setEnabledProtocols(new String[] {"TLSv1.3"});
    return engine;
  }

  private static Set<Reason> reasons(Engines client, Engines server) throws SSLException {
    return reasons(modern(client.client("host", 25520)), modern(server.server()));
  }

  @Test
  void aCertificateOfAnotherAuthorityIsForeign() throws SSLException {
    var own = node(AUTHORITY, NOW);
    var stranger = node(Authority.create(NOW), NOW);

    assertThat(reasons(own, stranger))
        .containsExactly(Reason.FOREIGN_CERTIFICATE, Reason.OWN_REFUSED);
  }

  @Test
  void aCertificateOutsideItsTimeIsNamedAsSuch() throws SSLException {
    var own = node(AUTHORITY, NOW);
    var late = node(AUTHORITY, NOW.minus(Duration.ofDays(8)));
    var early = node(AUTHORITY, NOW.plus(Duration.ofDays(1)));

    assertThat(reasons(own, late)).startsWith(Reason.OUTSIDE_VALIDITY);
    assertThat(reasons(own, early)).startsWith(Reason.OUTSIDE_VALIDITY);
    assertThat(reasons(late, own)).contains(Reason.OUTSIDE_VALIDITY, Reason.OWN_REFUSED);
  }

  @Test
  void aMissingCertificateIsNamedAsSuch() throws Exception {
    var own = node(AUTHORITY, NOW);
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, null);
    var client = modern(context.createSSLEngine());
    client.setUseClientMode(true);

    assertThat(reasons(client, modern(own.server())))
        .containsExactly(Reason.NO_CERTIFICATE, Reason.OWN_REFUSED);
  }

  @Test
  void anotherProtocolThanTlsIsNamedAsSuch() throws SSLException {
    var server = modern(node(AUTHORITY, NOW).server());
    server.beginHandshake();
    var plain = ByteBuffer.allocate(64);
    plain.put("AKKA\1 and no TLS".getBytes(StandardCharsets.US_ASCII));

    assertThat(step(server, plain, ByteBuffer.allocate(64 * 1024))).contains(Reason.NO_TLS);
  }

  @Test
  void theFirstRefusalIsReportedAtOnceAndLaterOnesOnceAMinute() {
    assertThat(refused.due(Reason.NO_TLS)).isEqualTo(1);
    for (var i = 0; i < 1_000; i++) assertThat(refused.due(Reason.NO_TLS)).isZero();

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());

    assertThat(refused.due(Reason.NO_TLS)).isEqualTo(1_001);
    assertThat(refused.due(Reason.NO_TLS)).isZero();
  }

  @Test
  void eachReasonIsReportedSeparately() {
    assertThat(refused.due(Reason.NO_TLS)).isEqualTo(1);
    assertThat(refused.due(Reason.NO_CERTIFICATE)).isEqualTo(1);
  }
}
