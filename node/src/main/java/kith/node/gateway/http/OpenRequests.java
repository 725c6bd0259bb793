package kith.node.gateway.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;
import org.jspecify.annotations.Nullable;

/// Counts open requests, so that a stopping node can wait for them.
final class OpenRequests {
  private final AtomicInteger requests = new AtomicInteger();
  private volatile @Nullable CompletableFuture<Done> none;

  Function<HttpRequest, CompletionStage<HttpResponse>> counting(
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    return request -> {
      requests.incrementAndGet();
      try {
        return handler.apply(request).whenComplete((_, _) -> answered());
      } catch (Exception | Error fault) {
        answered();
        throw fault;
      }
    };
  }

  private void answered() {
    var waiting = none;
    if (requests.decrementAndGet() == 0 && waiting != null) waiting.complete(Done.getInstance());
  }

  /// Completes as soon as every request is answered.
  CompletableFuture<Done> none() {
    var waiting = new CompletableFuture<Done>();
    none = waiting;
    if (requests.get() == 0) waiting.complete(Done.getInstance());
    return waiting;
  }
}
