package kith.node.platform.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import kith.node.platform.config.ClusterIntervals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Mutual TLS with the cluster's own authority. The node issues its certificate to itself and
/// renews it in time, without the database.
///
/// The certificate is issued and renewed when a connection is made, because only then it is used: a
/// node without others starts without one. Open connections keep theirs.
final class ClusterTls implements Engines {
  private static final Logger log = LoggerFactory.getLogger(ClusterTls.class);

  private record Current(NodeCertificate own, List<String> trusted, SSLContext context) {}

  private final Clock clock;
  private final ScheduledExecutorService reader;
  private volatile ClusterAuthorities authorities;
  private @Nullable Current current;

  private ClusterTls(ClusterAuthorities authorities, Clock clock, ScheduledExecutorService reader) {
    this.clock = clock;
    this.reader = reader;
    this.authorities = authorities;
  }

  /// @param source reads the authorities; it may block
  static ClusterTls start(Supplier<ClusterAuthorities> source, Clock clock) {
    var reader =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cluster-authorities").factory());
    var tls = new ClusterTls(source.get(), clock, reader);
    var seconds = ClusterIntervals.AUTHORITY_CHECK.toSeconds();
    var _ = reader.scheduleAtFixedRate(() -> tls.read(source), seconds, seconds, TimeUnit.SECONDS);
    return tls;
  }

  /// Reads the authorities again. Without the database the known ones stay in use.
  void read(Supplier<ClusterAuthorities> source) {
    try {
      authorities = source.get();
    } catch (RuntimeException away) {
      log.warn("tls=authorities-not-read reason=\"{}\"", away.toString());
    }
  }

  @Override
  public SSLEngine server() {
    var engine = context().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  @Override
  public SSLEngine client(String host, int port) {
    var engine = context().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    return engine;
  }

  private SSLContext context() {
    return latest().context();
  }

  /// The certificate for the next connection.
  NodeCertificate own() {
    return latest().own();
  }

  private synchronized Current latest() {
    var now = clock.instant();
    var known = authorities;
    if (current != null && !current.own().isDue(now) && current.trusted().equals(known.ids()))
      return current;
    var does = current == null ? "issued" : "renewed";
    var latest = issue(known, now);
    current = latest;
    log.info("tls={} authority={}", does, known.issuer(now).id());
    return latest;
  }

  private static Current issue(ClusterAuthorities authorities, Instant now) {
    var own = authorities.issuer(now).issue(now);
    try {
      var context = Contexts.of(List.of(own.certificate()), own.key(), authorities.trusted(now));
      return new Current(own, authorities.ids(), context);
    } catch (GeneralSecurityException | IOException fault) {
      throw new IllegalStateException("Java cannot use its own certificate", fault);
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
