package kith.node;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import kith.node.auth.TokenKeyring;
import kith.node.platform.cluster.Discovery;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.NotYet;
import kith.node.platform.config.StartFailure;
import kith.node.platform.database.Database;
import kith.node.platform.tls.NodeTls;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a node's actor system. It joins the cluster and serves clients until it is stopped or
/// removed from the cluster. A removed actor system cannot rejoin; the next incarnation can.
final class Incarnation {
  private static final Logger log = LoggerFactory.getLogger(Incarnation.class);

  private final NodeSettings settings;
  private final ActorSystem<Guardian.Command> system;
  private final Discovery discovery;
  private final CompletionStage<Done> over;

  private Incarnation(
      NodeSettings settings,
      ActorSystem<Guardian.Command> system,
      Discovery discovery,
      Database database) {
    this.settings = settings;
    this.system = system;
    this.discovery = discovery;
    this.over =
        Ending.of(
            system,
            database::abortConnections,
            ClusterIntervals.LAST_STATEMENTS,
            ClusterIntervals.LAST_STREAMS,
            ClusterIntervals.END);
  }

  /// Starts an incarnation that does not serve yet.
  ///
  /// @param does gets the description of each step
  static Incarnation begin(
      NodeSettings given,
      Database database,
      Optional<NodeTls> remoting,
      TokenKeyring keyring,
      Consumer<String> does) {
    // read at each start: a container may have moved to another network
    var settings = given.at(database.url()::nearEnd);
    Discovery.checkRemoting(settings.cluster(), database.url());
    var sockets = new AtomicInteger();
    var system = actorSystem(settings, database, remoting, keyring, sockets);
    try {
      var discovery =
          Discovery.start(system, settings.cluster(), database, Main.version(), sockets::get, does);
      var life = new Incarnation(settings, system, discovery, database);
      var _ = system.getWhenTerminated().thenRun(discovery::close);
      return life;
    } catch (RuntimeException fault) {
      system.terminate();
      throw fault;
    }
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

  /// Returns when clients can connect, with the address to connect to, however long it takes.
  /// Otherwise this incarnation is over.
  ///
  /// @param beforeBind frees the port for clients
  InetSocketAddress serve(Runnable beforeBind) {
    try {
      await(discovery.joined());
      beforeBind.run();
      var bound = new CompletableFuture<InetSocketAddress>();
      system.tell(new Guardian.Serve(bound));
      var address = await(bound);
      discovery.serves(url(settings.http(), reachable(address)));
      return address;
    } catch (RuntimeException fault) {
      stop();
      if (!awaitEnd()) throw new DoesNotEnd(fault);
      throw bindFailure(settings.http().host(), settings.http().port(), "http", fault);
    }
  }

  /// The actor system does not end: its threads, memory and ports may stay in use.
  static final class DoesNotEnd extends RuntimeException {
    DoesNotEnd(Throwable cause) {
      super("The actor system does not end.", cause);
    }
  }

  /// The next incarnation needs the ports of this one.
  private boolean awaitEnd() {
    try {
      over.toCompletableFuture().get(ClusterIntervals.END.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException stuck) {
      return false;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Done when this incarnation has ended for any reason; fails when it does not end.
  CompletionStage<Done> whenOver() {
    return over;
  }

  /// Stops taking requests and leaves the cluster. Returns when the actor system has ended, or when
  /// it is stuck.
  ///
  /// The result of `runAll` alone may never come: when the system's scheduler ends before the last
  /// phase, that phase has no time limit.
  void stop() {
    var run = CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.jvmExitReason());
    try {
      run.applyToEither(over, done -> done)
          .toCompletableFuture()
          .get(ClusterIntervals.STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException stuck) {
      log.error("node=stopping reason=\"the actor system does not end\"", stuck);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    discovery.close();
  }

  /// A node that listens on every address is reached at its cluster host.
  private InetSocketAddress reachable(InetSocketAddress bound) {
    if (!bound.getAddress().isAnyLocalAddress()) return bound;
    var named = new InetSocketAddress(settings.cluster().host(), bound.getPort());
    return named.isUnresolved() ? bound : named;
  }

  static String url(HttpSettings http, InetSocketAddress address) {
    var host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.getHostString();
    return "%s://%s:%d"
        .formatted(http.scheme(), host.contains(":") ? "[" + host + "]" : host, address.getPort());
  }

  /// Waits without a limit: a slow machine is not a reason to give up. Only the end of this
  /// incarnation ends the wait.
  private <T> T await(CompletionStage<T> step) {
    var ended = new CompletableFuture<T>();
    over.whenComplete((_, _) -> ended.completeExceptionally(removed()));
    try {
      return step.toCompletableFuture().applyToEither(ended, result -> result).get();
    } catch (ExecutionException fault) {
      var cause = fault.getCause();
      if (cause instanceof NotYet over) throw over;
      // discovery has ended, and so will this incarnation
      if (cause instanceof CancellationException) throw removed();
      throw new CompletionException(cause);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new NotYet("The start was interrupted.", stop);
    }
  }

  private static NotYet removed() {
    return new NotYet("The cluster removed this node before it served clients.");
  }

  static RuntimeException bindFailure(
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
