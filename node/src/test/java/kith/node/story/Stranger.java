package kith.node.story;

import com.typesafe.config.ConfigFactory;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import kith.node.core.room.Post;
import kith.node.core.room.Room;
import kith.node.platform.tls.TestAuthority;
import kith.node.platform.tls.TrustsAll;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;
import org.jspecify.annotations.Nullable;
import scala.Option;

/// A foreign program that knows Kith's code and reaches the port between nodes. It is a Pekko actor
/// system like a node's, without a certificate of the cluster.
final class Stranger implements AutoCloseable {
  enum Kind {
    PLAIN,
    TLS_WITHOUT_CERTIFICATE,
    TLS_WITH_OWN_CERTIFICATE
  }

  private static final Duration AGAIN = Duration.ofMillis(500);

  private final ActorTestKit kit;
  private final Address node;

  private Stranger(ActorTestKit kit, Address node) {
    this.kit = kit;
    this.node = node;
  }

  /// @param port between nodes, on this machine
  static Stranger of(Kind kind, int port) {
    var config =
        ConfigFactory.parseString(
            """
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.remote.artery.transport = %s
            pekko.persistence.journal.auto-start-journals = []
            pekko.persistence.snapshot-store.auto-start-snapshot-stores = []
            pekko.cluster.split-brain-resolver.active-strategy = keep-majority
            pekko.actor.testkit.typed.throw-on-shutdown-timeout = off
            """
                .formatted(kind == Kind.PLAIN ? "tcp" : "tls-tcp"));
    var setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(config.withFallback(ConfigFactory.load())),
            SSLEngineProviderSetup.create(_ -> new Careless(context(kind))));
    var system = ActorSystem.create(Behaviors.empty(), "kith", setup);
    return new Stranger(
        ActorTestKit.create(system), new Address("pekko", "kith", "127.0.0.1", port));
  }

  /// Tries to become a member of the node's cluster, until it is one.
  CompletionStage<Done> joins() {
    var up = new CompletableFuture<Done>();
    var cluster = Cluster.get(kit.system());
    cluster.registerOnMemberUp(() -> up.complete(Done.getInstance()));
    cluster.join(node);
    return up;
  }

  /// Sends the same post to the rooms' actor on the node again and again, in another user's name.
  Cancellable posts(String room, String sender, String body) {
    var system = Adapter.toClassic(kit.system());
    var relay = kit.spawn(Behaviors.<Room.ToRelay>ignore());
    var post = new Post.Say(sender, "forged", body, OptionalLong.empty());
    var rooms = system.actorSelection(node + "/system/sharding/room");
    var forged = new ShardingEnvelope<>(room, new Room.Batch(1, List.of(post), relay));
    return kit.scheduler()
        .scheduleAtFixedRate(
            Duration.ZERO,
            AGAIN,
            () -> rooms.tell(forged, org.apache.pekko.actor.ActorRef.noSender()),
            kit.system().executionContext());
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }

  private static SSLContext context(Kind kind) {
    try {
      var keys =
          kind == Kind.TLS_WITH_OWN_CERTIFICATE
              ? new KeyManager[] {new Insistent(TestAuthority.create("own").issueEc())}
              : new KeyManager[0];
      var context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {new TrustsAll()}, null);
      return context;
    } catch (GeneralSecurityException fault) {
      throw new AssertionError(fault);
    }
  }

  /// Accepts every certificate, or none.
  private record Careless(SSLContext context) implements SSLEngineProvider {
    @Override
    public SSLEngine createServerSSLEngine(String hostname, int port) {
      var engine = context.createSSLEngine();
      engine.setUseClientMode(false);
      return engine;
    }

    @Override
    public SSLEngine createClientSSLEngine(String hostname, int port) {
      var engine = context.createSSLEngine(hostname, port);
      engine.setUseClientMode(true);
      return engine;
    }

    @Override
    public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
      return Option.empty();
    }

    @Override
    public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
      return Option.empty();
    }
  }

  /// Shows its certificate even to a server that asks for those of other authorities.
  private static final class Insistent extends X509ExtendedKeyManager {
    private static final String ALIAS = "own";

    private final TestAuthority.Issued own;

    Insistent(TestAuthority.Issued own) {
      this.own = own;
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(
        String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public String chooseEngineServerAlias(
        String type, Principal @Nullable [] issuers, SSLEngine engine) {
      return ALIAS;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return own.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return own.key();
    }
  }
}
