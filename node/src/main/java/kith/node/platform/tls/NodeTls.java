package kith.node.platform.tls;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import kith.node.platform.config.NodeSettings;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;

/// TLS between nodes: each shows a certificate, and accepts only certificates of the same
/// authority.
///
/// Pekko's own PEM reader supports neither EC keys nor intermediate authorities.
public final class NodeTls implements SSLEngineProvider {
  private static final String PATH = "kith.cluster-tls.";
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private final Renewed tls;

  /// Pekko creates it by its class name in the configuration.
  public NodeTls(ActorSystem system) {
    this.tls = Renewed.of("kith.cluster.tls", files(system.settings().config()));
  }

  /// The settings that make Pekko's remoting use it.
  public static Map<String, Object> config(NodeSettings.Tls files) {
    return Map.of(
        "pekko.remote.artery.transport",
        "tls-tcp",
        "pekko.remote.artery.ssl.ssl-engine-provider",
        NodeTls.class.getName(),
        PATH + "certificate",
        files.certificate().toString(),
        PATH + "key",
        files.key().toString(),
        PATH + "authority",
        files.authority().orElseThrow().toString());
  }

  private static NodeSettings.Tls files(Config config) {
    return new NodeSettings.Tls(
        Path.of(config.getString(PATH + "certificate")),
        Path.of(config.getString(PATH + "key")),
        Optional.of(Path.of(config.getString(PATH + "authority"))));
  }

  @Override
  public SSLEngine createServerSSLEngine(String hostname, int port) {
    return modern(tls.server());
  }

  @Override
  public SSLEngine createClientSSLEngine(String hostname, int port) {
    return modern(tls.client(hostname, port));
  }

  private static SSLEngine modern(SSLEngine engine) {
    engine.setEnabledProtocols(PROTOCOLS);
    return engine;
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
}
