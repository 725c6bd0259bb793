package kith.node.feature.courier;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.feature.courier.Delivery.Outcome;

/// Sends all requests of the node to other servers: bounded in number, in total and for each host,
/// on threads of their own.
public final class OutboundRequests {
  private final HttpSender sender;
  private final DeliverySlots slots;
  private final HostBreakers breakers;
  private final Executor executor;
  private final CourierMetrics metrics;
  private final Clock clock;

  OutboundRequests(
      HttpSender sender,
      DeliverySlots slots,
      HostBreakers breakers,
      Executor executor,
      CourierMetrics metrics,
      Clock clock) {
    this.sender = sender;
    this.slots = slots;
    this.breakers = breakers;
    this.executor = executor;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// The reason why the node does not send requests to this URL; empty if it does.
  public CompletionStage<Optional<String>> refusal(URI url) {
    return CompletableFuture.supplyAsync(() -> sender.refusal(url), executor);
  }

  /// Sends a request when it has a slot.
  ///
  /// @param late decides at that moment on the request, or on none
  public <T> CompletionStage<T> send(
      URI url, Supplier<CompletionStage<Decision<T>>> late, Result<T> result) {
    var server = Delivery.server(url);
    return slots.with(
        Delivery.host(url),
        () -> {
          var wait = breakers.wait(server, clock.instant());
          if (wait.isPresent())
            return CompletableFuture.completedFuture(result.of(new Delivery.Postponed(wait.get())));
          return late.get()
              .thenCompose(decision ->
                  switch (decision) {
                    case Send<T> it ->
                        run(server, () -> sender.post(it.delivery())).thenApply(result::of);
                    case Call<T> it ->
                        run(server, () -> sender.call(it.delivery(), it.mostBody()))
                            .thenApply(result::of);
                    case Exchange<T> it -> run(server, it.exchange()).thenApply(result::of);
                    case Series<T> it ->
                        CompletableFuture.supplyAsync(() -> run(server, it), executor);
                    case Skip<T> it -> CompletableFuture.completedFuture(it.instead());
                  });
        });
  }

  /// The decision at the moment of sending.
  public sealed interface Decision<T> {}

  public record Send<T>(Delivery delivery) implements Decision<T> {}

  /// Sends a request, and reads the body of its answer.
  ///
  /// @param mostBody bytes of the body; a longer one is not returned
  public record Call<T>(Delivery delivery, int mostBody) implements Decision<T> {}

  /// Sends by another protocol than HTTP.
  ///
  /// @param exchange runs on a thread for requests, and ends in bounded time
  public record Exchange<T>(Supplier<Outcome> exchange) implements Decision<T> {}

  /// Sends several requests to the same URL, one after the other, over one connection while the
  /// receiver keeps it.
  ///
  /// @param requests runs on a thread for requests, and ends in bounded time
  public record Series<T>(Function<Line, T> requests) implements Decision<T> {}

  public record Skip<T>(T instead) implements Decision<T> {}

  /// Sends a request, and waits for its outcome.
  public interface Line {
    Outcome send(Delivery delivery);
  }

  /// The step that follows from the outcome of a request.
  public interface Result<T> {
    T of(Outcome outcome);
  }

  private CompletionStage<Outcome> run(String server, Supplier<Outcome> exchange) {
    return CompletableFuture.supplyAsync(() -> measured(server, exchange), executor);
  }

  private <T> T run(String server, Series<T> series) {
    try (var connection = sender.connection()) {
      return series.requests().apply(delivery -> measured(server, () -> connection.send(delivery)));
    }
  }

  private Outcome measured(String server, Supplier<Outcome> exchange) {
    var began = System.nanoTime();
    metrics.underWay(slots.taken(), slots.waiting());
    var outcome = exchange.get();
    if (outcome instanceof Delivery.Answered) breakers.answered(server);
    else breakers.failed(server, clock.instant());
    metrics.sent(outcome instanceof Delivery.Answered answered && answered.isAccepted(), began);
    return outcome;
  }

  void measure() {
    metrics.underWay(slots.taken(), slots.waiting());
    metrics.openCircuits(breakers.open(clock.instant()));
  }
}
