package kith.node;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kith.node.cluster.Membership;
import kith.node.config.NodeSettings;
import kith.node.config.StartFailure;
import kith.node.database.Database;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.ServerBinding;

/// A running node: database, actor system, cluster, HTTP.
///
/// `Main` and the tests start it the same way.
public final class Node implements AutoCloseable {
  private static final Duration JOIN = Duration.ofSeconds(30);
  private static final Duration BIND = Duration.ofSeconds(10);

  private final Database database;
  private final ActorSystem<Guardian.Command> system;
  private final InetSocketAddress address;
  private final CompletableFuture<Done> stopped = new CompletableFuture<>();

  private Node(Database database, ActorSystem<Guardian.Command> system, InetSocketAddress address) {
    this.database = database;
    this.system = system;
    this.address = address;
  }

  /// Returns when the node serves; throws a `StartFailure` when it cannot.
  public static Node start(NodeSettings settings) {
    var lostDatabase = new CompletableFuture<Done>();
    var database =
        Database.start(settings.database(), () -> lostDatabase.complete(Done.getInstance()));
    try {
      var system = actorSystem(settings, database);
      var node = serve(settings, database, system);
      var _ = lostDatabase.thenRun(node::shutDown);
      return node;
    } catch (RuntimeException fault) {
      database.close();
      throw fault;
    }
  }

  private static ActorSystem<Guardian.Command> actorSystem(
      NodeSettings settings, Database database) {
    try {
      return ActorSystem.create(
          Guardian.create(settings, database),
          "kith",
          ActorSystemConfig.of(settings, database.url()));
    } catch (RuntimeException fault) {
      throw bindFailure(settings.cluster().host(), settings.cluster().port(), "cluster", fault);
    }
  }

  private static Node serve(
      NodeSettings settings, Database database, ActorSystem<Guardian.Command> system) {
    try {
      await(Membership.of(system).join(), JOIN);
      var binding =
          await(
              AskPattern.<Guardian.Command, ServerBinding>askWithStatus(
                  system, Guardian.Serve::new, BIND, system.scheduler()),
              BIND);
      return new Node(database, system, binding.localAddress());
    } catch (RuntimeException fault) {
      stop(system);
      throw bindFailure(settings.http().host(), settings.http().port(), "http", fault);
    }
  }

  /// The port clients connect to.
  public int port() {
    return address.getPort();
  }

  public String url() {
    var host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.getHostString();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /// Where its data is, for people.
  public String data() {
    return database.description();
  }

  /// Done when the node has stopped, by `stop` or by itself.
  public CompletionStage<Done> whenStopped() {
    return system.getWhenTerminated();
  }

  /// Stops taking requests, lets go of the cluster, and then of the database.
  public void stop() {
    shutDown();
    if (stopped.complete(Done.getInstance())) database.close();
  }

  @Override
  public void close() {
    stop();
  }

  private void shutDown() {
    stop(system);
  }

  private static void stop(ActorSystem<?> system) {
    CoordinatedShutdown.get(system)
        .runAll(CoordinatedShutdown.jvmExitReason())
        .toCompletableFuture()
        .join();
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
      if (cause instanceof BindException) {
        return new StartFailure(
            "The address %s:%d is in use or not of this machine; change kith.%s.host or kith.%s.port%s."
                .formatted(host, port, section, section, section.equals("http") ? " (--port)" : ""),
            fault);
      }
    }
    return fault;
  }
}
