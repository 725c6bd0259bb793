package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import kith.node.gateway.socket.Connections;
import kith.node.gateway.socket.Loops;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.NotYet;
import kith.node.platform.config.StartFailure;
import kith.node.platform.metrics.HttpMetrics;
import kith.node.platform.tls.Renewed;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.japi.function.Function;

/// The ports that clients and operators connect to.
public final class HttpServer {
  private final ActorSystem<?> system;
  private final HttpSettings settings;
  private final List<String> names;
  private final HttpMetrics metrics;

  /// @param names host names of this node, besides those in the settings
  public HttpServer(
      ActorSystem<?> system, HttpSettings settings, List<String> names, HttpMetrics metrics) {
    this.system = system;
    this.settings = settings;
    this.names = List.copyOf(names);
    this.metrics = metrics;
  }

  /// Serves clients, and operators on the same port or on one of their own. Each port serves the
  /// first matching route until the actor system shuts down.
  ///
  /// @param probes routes for both
  /// @return the address for clients
  public CompletionStage<InetSocketAddress> serve(
      List<Route> probes, List<Route> clients, List<Route> operators) {
    var loops = Loops.start(settings.transport());
    metrics.watchTransport(loops.transport());
    system.getWhenTerminated().thenRun(loops::close);
    return settings
        .operators()
        .map(own ->
            bindOperators(loops, own, together(probes, operators))
                .thenCompose(_ -> bindClients(loops, together(probes, clients))))
        .orElseGet(() -> bindClients(loops, together(probes, clients, operators)));
  }

  private CompletionStage<InetSocketAddress> bindClients(Loops loops, List<Route> routes) {
    var hosts = Hosts.ofClients(settings, names);
    return bind(loops, "clients", settings.host(), settings.port(), tls(), hosts, routes);
  }

  private CompletionStage<InetSocketAddress> bindOperators(
      Loops loops, HttpSettings.Operators own, List<Route> routes) {
    var hosts = Hosts.ofOperators(settings, names);
    return bind(loops, "operators", own.host(), own.port(), Optional.empty(), hosts, routes)
        .exceptionally(fault -> {
          if (fault.getCause() instanceof NotYet passing) throw passing;
          throw portTaken(own, fault);
        });
  }

  public static StartFailure portTaken(HttpSettings.Operators operators, Throwable fault) {
    return new StartFailure(
        "The address %s:%d for operators cannot be used; change kith.http.operators.host or kith.http.operators.port."
            .formatted(operators.host(), operators.port()),
        fault);
  }

  // the array is only read
  @SafeVarargs
  @SuppressWarnings("varargs")
  private static List<Route> together(List<Route>... some) {
    return Stream.of(some).flatMap(List::stream).toList();
  }

  private CompletionStage<InetSocketAddress> bind(
      Loops loops,
      String whom,
      String host,
      int port,
      Optional<Supplier<SSLEngine>> tls,
      Hosts hosts,
      List<Route> routes) {
    var all = concat(routes.getFirst(), routes.subList(1, routes.size()).toArray(Route[]::new));
    var rules = new WebRules(hosts, new Cors(new Origins(settings)), new SafeHeaders(settings));
    var requests = new OpenRequests();
    var handler =
        requests.counting(counted(rules.around(Problems.sealed(all).handler(system)), metrics));
    return Connections.bind(system, loops, host, port, tls, handler)
        .thenApply(listening -> {
          stopAtShutdown(whom, listening, requests);
          // the shutdown may already be past the steps that close the port
          if (CoordinatedShutdown.get(system).getShutdownReason().isPresent()) {
            var _ = listening.close();
            throw new NotYet("The node was stopped or removed before it served clients.");
          }
          return listening.address();
        });
  }

  private Optional<Supplier<SSLEngine>> tls() {
    return settings.tls().map(files -> Renewed.of("kith.http.tls", files)).map(tls -> tls::server);
  }

  private void stopAtShutdown(String whom, Connections.Listening listening, OpenRequests requests) {
    var shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceUnbind(),
        "take-no-more-connections-of-" + whom,
        listening::close);
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceRequestsDone(),
        "answer-the-last-requests-of-" + whom,
        () ->
            requests
                .none()
                .completeOnTimeout(
                    Done.getInstance(),
                    ClusterIntervals.LAST_REQUESTS.toMillis(),
                    TimeUnit.MILLISECONDS));
  }

  private static Function<HttpRequest, CompletionStage<HttpResponse>> counted(
      Function<HttpRequest, CompletionStage<HttpResponse>> handler, HttpMetrics metrics) {
    return request -> {
      var came = System.nanoTime();
      return handler
          .apply(request)
          .thenApply(response -> {
            metrics.answered(response.status().intValue(), came);
            Problems.code(response).ifPresent(metrics::refused);
            return response;
          });
    };
  }
}
