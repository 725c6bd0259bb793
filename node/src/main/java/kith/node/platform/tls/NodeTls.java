package kith.node.platform.tls;

import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.sql.DataSource;
import kith.node.platform.config.ClusterSettings.Remoting;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/// TLS between nodes: each shows a certificate, and accepts only certificates of the same
/// authority.
///
/// Pekko's own PEM reader supports neither EC keys nor intermediate authorities.
public final class NodeTls implements SSLEngineProvider, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeTls.class);
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private final Engines engines;
  private final RefusedPeers refused = new RefusedPeers(System::nanoTime);

  NodeTls(Engines engines) {
    this.engines = engines;
  }

  /// TLS as configured; empty without TLS.
  ///
  /// @param database in which the cluster keeps its authority
  public static Optional<NodeTls> of(Remoting remoting, DataSource database) {
    return switch (remoting) {
      case Remoting.ClusterAuthority() -> {
        var table = new AuthorityTable(database);
        yield Optional.of(new NodeTls(ClusterTls.start(table::load, Clock.systemUTC())));
      }
      case Remoting.PemFiles(var files) ->
          Optional.of(new NodeTls(Renewed.of("kith.cluster.tls", files)));
      case Remoting.InsecurePlain() -> {
        log.warn(
            "remoting=insecure-plain reason=\"kith.cluster.tls.insecure-plain-remoting is set:"
                + " everyone who reaches this node's cluster port can read and write all data\"");
        yield Optional.empty();
      }
    };
  }

  /// Makes an actor system's remoting use it.
  public Setup setup() {
    return SSLEngineProviderSetup.create(_ -> this);
  }

  @Override
  public SSLEngine createServerSSLEngine(String hostname, int port) {
    return watched(engines.server());
  }

  @Override
  public SSLEngine createClientSSLEngine(String hostname, int port) {
    return watched(engines.client(hostname, port));
  }

  private SSLEngine watched(SSLEngine engine) {
    engine.setEnabledProtocols(PROTOCOLS);
    return new WatchedEngine(engine, refused);
  }

  // the authority signs only nodes, so the name in the certificate is not checked

  @Override
  public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  @Override
  public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  @Override
  public void close() {
    engines.close();
  }
}
