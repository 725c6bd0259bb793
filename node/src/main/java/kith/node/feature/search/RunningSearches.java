package kith.node.feature.search;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Counts the searches of each account that are under way on this node.
final class RunningSearches {
  private final int mostOfAccount;
  private final Map<String, Integer> byAccount = new HashMap<>();

  RunningSearches(int mostOfAccount) {
    this.mostOfAccount = mostOfAccount;
  }

  /// Starts a search, which counts until it is done or has failed; empty if too many are under way.
  <T> Optional<CompletionStage<T>> start(String account, Supplier<CompletionStage<T>> search) {
    if (!begin(account)) return Optional.empty();
    return Optional.of(
        // a search that throws before its first step must not stay counted
        CompletableFuture.completedStage(account)
            .thenCompose(_ -> search.get())
            .whenComplete((_, _) -> end(account)));
  }

  private synchronized boolean begin(String account) {
    if (byAccount.getOrDefault(account, 0) >= mostOfAccount) return false;
    byAccount.merge(account, 1, Integer::sum);
    return true;
  }

  private synchronized void end(String account) {
    byAccount.computeIfPresent(account, (_, count) -> count == 1 ? null : count - 1);
  }
}
