package kith.node;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import kith.node.auth.TokenKeyring;
import kith.node.platform.cluster.Discovery;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.Database;
import kith.node.platform.tls.NodeTls;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/// One run of a node's actor system. It joins the cluster and serves clients until it is stopped or
/// removed from the cluster. A removed actor system cannot rejoin; the next incarnation can.
final class Incarnation {
  private final NodeSettings settings;
  private final ActorSystem<Guardian.Command> system;
  private final Discovery discovery;
  private final CompletionStage<Done> over;

  private Incarnation(
      NodeSettings settings, ActorSystem<Guardian.Command> system, Discovery discovery) {
    this.settings = settings;
    this.system = system;
    this.discovery = discovery;
    this.over = Ending.of(system, Intervals.END);
  }

  /// Starts an incarnation that does not serve yet.
  static Incarnation begin(
      NodeSettings given, Database database, Optional<NodeTls> remoting, TokenKeyring keyring) {
    // read at each start: a container may have moved to another network
    var settings = given.at(database.url()::nearEnd);
    Discovery.checkRemoting(settings.cluster(), database.url());
    var sockets = new AtomicInteger();
    var system = actorSystem(settings, database, remoting, keyring, sockets);
    var discovery =
        Discovery.start(system, settings.cluster(), database.url(), Main.version(), sockets::get);
    var life = new Incarnation(settings, system, discovery);
    var _ = system.getWhenTerminated().thenRun(discovery::close);
    return life;
  }

  private static ActorSystem<Guardian.Command> actorSystem(
      NodeSettings settings,
      Database database,
      Optional<NodeTls> remoting,
      TokenKeyring keyring,
      AtomicInteger sockets) {
    var config = BootstrapSetup.create(ActorSystemConfig.of(settings, database.url()));
    var setup = ActorSystemSetup.create(config);
    try {
      return ActorSystem.create(
          Guardian.create(settings, database, keyring, sockets),
          "kith",
          remoting.map(tls -> setup.withSetup(tls.setup())).orElse(setup));
    } catch (RuntimeException fault) {
      throw bindFailure(
          settings.cluster().bindHost(), settings.cluster().bindPort(), "cluster", fault);
    }
  }

  /// Returns when clients can connect, with the address to connect to; otherwise this incarnation
  /// is over.
  InetSocketAddress serve() {
    try {
      await(joinedOrEnded(), Intervals.JOIN);
      var address =
          await(
              AskPattern.<Guardian.Command, InetSocketAddress>askWithStatus(
                  system, Guardian.Serve::new, Intervals.BIND, system.scheduler()),
              Intervals.BIND);
      discovery.serves(url(settings.http(), reachable(address)));
      return address;
    } catch (RuntimeException fault) {
      stop();
      throw bindFailure(settings.http().host(), settings.http().port(), "http", fault);
    }
  }

  /// Done when this incarnation has ended for any reason; fails when it does not end.
  CompletionStage<Done> whenOver() {
    return over;
  }

  /// Stops taking requests and leaves the cluster.
  void stop() {
    CoordinatedShutdown.get(system)
        .runAll(CoordinatedShutdown.jvmExitReason())
        .toCompletableFuture()
        .join();
    discovery.close();
  }

  private CompletionStage<?> joinedOrEnded() {
    return CompletableFuture.anyOf(
        discovery.joined().toCompletableFuture(),
        system
            .getWhenTerminated()
            .toCompletableFuture()
            .thenRun(() -> {
              throw new StartFailure("The node was stopped during its start.");
            }));
  }

  /// A node that listens on every address is reached at its cluster host.
  private InetSocketAddress reachable(InetSocketAddress bound) {
    if (!bound.getAddress().isAnyLocalAddress()) return bound;
    var named = new InetSocketAddress(settings.cluster().host(), bound.getPort());
    return named.isUnresolved() ? bound : named;
  }

  static String url(NodeSettings.Http http, InetSocketAddress address) {
    var host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.getHostString();
    return "%s://%s:%d"
        .formatted(http.scheme(), host.contains(":") ? "[" + host + "]" : host, address.getPort());
  }

  private static <T> T await(CompletionStage<T> stage, Duration longest) {
    try {
      return stage.toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException fault) {
      throw new CompletionException(fault.getCause());
    } catch (TimeoutException late) {
      throw new StartFailure("The node did not start within " + longest + ".", late);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new StartFailure("The start was interrupted.", stop);
    }
  }

  private static RuntimeException bindFailure(
      String host, int port, String section, RuntimeException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartFailure failure) return failure;
      if (cause instanceof BindException) {
        return new StartFailure(
            "The address %s:%d is in use, or is not an address of this machine; change kith.%s.host or kith.%s.port%s."
                .formatted(host, port, section, section, section.equals("http") ? " (--port)" : ""),
            fault);
      }
    }
    return fault;
  }
}
