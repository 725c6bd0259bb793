package kith.node.feature.inbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Positions that are stored at once, and merged as the database does; may be full or unavailable.
public final class TestPositions implements Positions {
  private final Map<String, Position> kept = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<List<Position>> of(String account) {
    return open.thenApply(_ ->
        kept.entrySet().stream()
            .filter(it -> it.getKey().startsWith(account + "/"))
            .map(Map.Entry::getValue)
            .toList());
  }

  private volatile CompletableFuture<Void> open = CompletableFuture.completedFuture(null);
  private volatile boolean isFull;
  private volatile boolean isAway;
  private volatile boolean losesAll;

  void hold() {
    open = new CompletableFuture<>();
  }

  void letGo() {
    open.complete(null);
  }

  void full(boolean full) {
    isFull = full;
  }

  void away(boolean away) {
    isAway = away;
  }

  /// Accepts positions and never writes them.
  void loses(boolean all) {
    losesAll = all;
  }

  @Override
  public boolean keep(String account, Position position) {
    if (isFull) return false;
    if (losesAll) return true;
    kept.merge(account + "/" + position.room(), position, Position::merge);
    return true;
  }

  @Override
  public boolean forget(String account, String room) {
    if (isFull) return false;
    kept.remove(account + "/" + room);
    return true;
  }

  @Override
  public CompletionStage<Void> flush() {
    return isAway
        ? CompletableFuture.failedFuture(new IllegalStateException("no database"))
        : CompletableFuture.runAsync(() -> {});
  }
}
