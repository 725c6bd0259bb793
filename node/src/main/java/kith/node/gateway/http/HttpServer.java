package kith.node.gateway.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import kith.node.gateway.socket.Connections;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.config.NotYet;
import kith.node.platform.metrics.HttpMetrics;
import kith.node.platform.tls.Renewed;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.javadsl.Tcp;

/// The port that clients connect to.
public final class HttpServer {
  private HttpServer() {}

  /// Serves the first matching route until the actor system shuts down.
  public static CompletionStage<InetSocketAddress> bind(
      ActorSystem<?> system, NodeSettings.Http settings, List<Route> routes, HttpMetrics metrics) {
    var all = concat(routes.getFirst(), routes.subList(1, routes.size()).toArray(Route[]::new));
    var requests = new OpenRequests();
    var handler = requests.counting(counted(Problems.sealed(all).handler(system), metrics));
    return Connections.bind(system, settings.host(), settings.port(), tls(settings), handler)
        .thenApply(binding -> {
          stopAtShutdown(system, binding, requests);
          // the shutdown may have passed the steps that close the port
          if (CoordinatedShutdown.get(system).getShutdownReason().isPresent()) {
            var _ = binding.unbind();
            throw new NotYet("The node was stopped or removed before it served clients.");
          }
          return binding.localAddress();
        });
  }

  private static Optional<Supplier<SSLEngine>> tls(NodeSettings.Http settings) {
    return settings.tls().map(files -> Renewed.of("kith.http.tls", files)).map(tls -> tls::server);
  }

  private static void stopAtShutdown(
      ActorSystem<?> system, Tcp.ServerBinding binding, OpenRequests requests) {
    var shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceUnbind(),
        "take-no-more-connections",
        () -> binding.unbind().thenApply(_ -> Done.getInstance()));
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceRequestsDone(),
        "answer-the-last-requests",
        () ->
            requests
                .none()
                .completeOnTimeout(
                    Done.getInstance(), Intervals.LAST_REQUESTS.toMillis(), TimeUnit.MILLISECONDS));
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
