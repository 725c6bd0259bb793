package kith.node.feature.files;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Limits the uploads and downloads of a node that are under way.
final class Transfers {
  private final int most;
  private final int mostOfAccount;
  private final FileMetrics metrics;
  private final Map<String, Integer> byAccount = new HashMap<>();
  private int all;

  Transfers(int most, int mostOfAccount, FileMetrics metrics) {
    this.most = most;
    this.mostOfAccount = mostOfAccount;
    this.metrics = metrics;
  }

  /// One transfer under way.
  final class Transfer {
    private final String account;
    private final AtomicBoolean isOver = new AtomicBoolean();

    private Transfer(String account) {
      this.account = account;
    }

    /// Has an effect only once.
    void end() {
      if (isOver.compareAndSet(false, true)) ended(account);
    }
  }

  /// Empty if there are too many.
  synchronized Optional<Transfer> begin(String account) {
    if (all >= most || byAccount.getOrDefault(account, 0) >= mostOfAccount) return Optional.empty();
    all++;
    byAccount.merge(account, 1, Integer::sum);
    metrics.transfers(all);
    return Optional.of(new Transfer(account));
  }

  private synchronized void ended(String account) {
    all--;
    byAccount.computeIfPresent(account, (_, count) -> count == 1 ? null : count - 1);
    metrics.transfers(all);
  }
}
