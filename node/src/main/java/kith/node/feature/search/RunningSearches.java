package kith.node.feature.search;

import java.util.HashMap;
import java.util.Map;

/// Counts the searches of each account that are under way on this node.
final class RunningSearches {
  private final int mostOfAccount;
  private final Map<String, Integer> byAccount = new HashMap<>();

  RunningSearches(int mostOfAccount) {
    this.mostOfAccount = mostOfAccount;
  }

  /// False if there are too many; otherwise [#end] must follow.
  synchronized boolean begin(String account) {
    if (byAccount.getOrDefault(account, 0) >= mostOfAccount) return false;
    byAccount.merge(account, 1, Integer::sum);
    return true;
  }

  synchronized void end(String account) {
    byAccount.computeIfPresent(account, (_, count) -> count == 1 ? null : count - 1);
  }
}
