package kith.node;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kith.node.auth.TokenKeyring;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.config.NodeSettings.Remoting;
import kith.node.platform.database.Database;
import kith.node.platform.tls.NodeTls;
import kith.node.platform.tls.Renewed;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running node: database, actor system, cluster, HTTP.
///
/// `Main` and the tests start it the same way. When the cluster removes it, it starts a new actor
/// system with the same database and port, and joins as a new node.
public final class Node implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Node.class);

  /// How a node ended.
  enum End {
    /// it was stopped
    STOPPED,
    /// its old actor system did not end, so no new one could start; only a new process helps
    STUCK
  }

  private final NodeSettings settings;
  private final Database database;
  private final Optional<NodeTls> remoting;
  private final TokenKeyring keyring;
  private final InetSocketAddress address;
  private final CompletableFuture<Done> stopping = new CompletableFuture<>();
  private final CompletableFuture<End> ended = new CompletableFuture<>();
  private Incarnation life;

  private Node(
      NodeSettings settings,
      Database database,
      Optional<NodeTls> remoting,
      TokenKeyring keyring,
      Incarnation life,
      InetSocketAddress address) {
    this.settings = settings;
    this.database = database;
    this.remoting = remoting;
    this.keyring = keyring;
    this.life = life;
    this.address = address;
  }

  /// Returns when the node serves; throws a `StartFailure` when it cannot.
  public static Node start(NodeSettings settings) {
    check(settings);
    var database = Database.start(settings.database());
    var remoting = Optional.<NodeTls>empty();
    var keyring = Optional.<TokenKeyring>empty();
    try {
      var keys = TokenKeyring.start(database.source(), database.clusterId(), settings.accounts());
      keyring = Optional.of(keys);
      remoting = NodeTls.of(settings.cluster().remoting(), database.source());
      var life = Incarnation.begin(settings, database, remoting, keys);
      var address = life.serve();
      var node =
          new Node(settings.onPort(address.getPort()), database, remoting, keys, life, address);
      node.beginAgainWhenOver(life);
      return node;
    } catch (RuntimeException fault) {
      remoting.ifPresent(NodeTls::close);
      keyring.ifPresent(TokenKeyring::close);
      database.close();
      throw fault;
    }
  }

  /// Checks the settings that can be checked before anything is started.
  private static void check(NodeSettings settings) {
    settings.http().tls().ifPresent(files -> Renewed.of("kith.http.tls", files));
    if (settings.cluster().remoting() instanceof Remoting.PemFiles(var files))
      Renewed.of("kith.cluster.tls", files);
  }

  /// The port clients connect to.
  public int port() {
    return address.getPort();
  }

  public String url() {
    return Incarnation.url(settings.http(), address);
  }

  /// Where its data is, for display.
  public String data() {
    return database.description();
  }

  /// How another node connects to the same database, as shell arguments.
  public String databaseForOthers() {
    return database.forOthers();
  }

  /// Done when the node has ended.
  CompletionStage<End> whenEnded() {
    return ended;
  }

  private void beginAgainWhenOver(Incarnation over) {
    var _ =
        over.whenOver()
            .whenComplete((done, stuck) -> {
              if (stopping.isDone()) return;
              if (stuck != null) end(stuck);
              else Thread.ofPlatform().name("restart").start(this::beginAgain);
            });
  }

  private void end(Throwable stuck) {
    log.error("node=terminated action=exit reason=\"the actor system does not stop\"", stuck);
    ended.complete(End.STUCK);
  }

  private void beginAgain() {
    log.warn("node=terminated action=restart");
    do {
      try {
        if (!database.answers()) continue;
        var next = Incarnation.begin(settings, database, remoting, keyring);
        if (!lives(next)) {
          next.stop();
          return;
        }
        next.serve();
        log.info("node=restarted url={}", url());
        beginAgainWhenOver(next);
        return;
      } catch (RuntimeException fault) {
        log.warn("node=restart-failed reason=\"{}\"", fault.toString());
      }
    } while (!isStoppedWithin(Intervals.RETRY));
  }

  private synchronized boolean lives(Incarnation next) {
    if (stopping.isDone()) return false;
    life = next;
    return true;
  }

  private boolean isStoppedWithin(Duration longest) {
    try {
      stopping.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException goOn) {
      return false;
    } catch (Exception interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Stops taking requests, leaves the cluster, and then closes the database.
  public void stop() {
    last().stop();
    ended.complete(End.STOPPED);
    remoting.ifPresent(NodeTls::close);
    keyring.close();
    synchronized (database) {
      database.close();
    }
  }

  private synchronized Incarnation last() {
    stopping.complete(Done.getInstance());
    return life;
  }

  @Override
  public void close() {
    stop();
  }
}
