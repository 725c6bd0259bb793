package kith.node.feature.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import kith.protocol.Code;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The configured providers, and requests to them on the threads for providers.
final class ProviderCalls {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderCalls.class);

  private final Map<String, Provider> providers;
  private final Executor threads;
  private final IdentityMetrics metrics;

  ProviderCalls(List<Provider> providers, Executor threads, IdentityMetrics metrics) {
    this.providers =
        providers.stream().collect(Collectors.toMap(it -> it.settings().id(), Function.identity()));
    this.threads = threads;
    this.metrics = metrics;
  }

  boolean isEmpty() {
    return providers.isEmpty();
  }

  Optional<Provider> provider(String id) {
    return Optional.ofNullable(providers.get(id));
  }

  interface Call<T> {
    T at(Provider provider) throws Provider.Failure;
  }

  <T> CompletionStage<Result<T>> ask(Provider provider, Call<T> call) {
    try {
      return CompletableFuture.supplyAsync(() -> now(provider, call), threads);
    } catch (RejectedExecutionException full) {
      metrics.failed();
      return CompletableFuture.completedFuture(Result.no(Code.UNAVAILABLE));
    }
  }

  private <T> Result<T> now(Provider provider, Call<T> call) {
    try {
      var value = call.at(provider);
      metrics.answered();
      return new Result.Found<>(value);
    } catch (Provider.Failure failure) {
      metrics.failed();
      LOG.warn(
          "identity-provider={} failed reason=\"{}\"",
          provider.settings().id(),
          failure.getMessage());
      return Result.no(Code.PROVIDER_UNAVAILABLE);
    }
  }
}
