package kith.node.http;

import static org.apache.pekko.http.javadsl.server.Directives.concat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import kith.node.config.NodeSettings;
import kith.node.metrics.HttpMetrics;
import kith.node.tls.Renewed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.HandlerProvider;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.ServerBuilder;
import org.apache.pekko.http.javadsl.server.Route;

/// The port that clients connect to.
public final class HttpServer {
  private static final Duration LAST_REQUESTS = Duration.ofSeconds(3);

  private HttpServer() {}

  /// Serves the routes, the first that fits, until the actor system shuts down.
  public static CompletionStage<ServerBinding> bind(
      ActorSystem<?> system, NodeSettings.Http settings, List<Route> routes, HttpMetrics metrics) {
    var all = concat(routes.getFirst(), routes.subList(1, routes.size()).toArray(Route[]::new));
    return server(system, settings)
        .bind(counted(Problems.sealed(all), metrics))
        .thenApply(binding -> binding.addToCoordinatedShutdown(LAST_REQUESTS, system));
  }

  private static ServerBuilder server(ActorSystem<?> system, NodeSettings.Http settings) {
    var plain = Http.get(system).newServerAt(settings.host(), settings.port());
    return settings
        .tls()
        .map(files -> Renewed.of("kith.http.tls", files))
        .map(tls -> plain.enableHttps(ConnectionContext.httpsServer(tls::server)))
        .orElse(plain);
  }

  private static HandlerProvider counted(Route route, HttpMetrics metrics) {
    return system -> {
      var handler = route.handler(system);
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
    };
  }
}
