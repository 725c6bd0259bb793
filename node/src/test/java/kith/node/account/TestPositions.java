package kith.node.account;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import kith.node.inbox.Position;
import kith.node.inbox.Positions;

/// Positions that are kept at once, and merged as the database does it.
public final class TestPositions implements Positions {
  private final Map<String, Position> kept = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<List<Position>> of(String account) {
    return CompletableFuture.completedFuture(
        kept.entrySet().stream()
            .filter(it -> it.getKey().startsWith(account + "/"))
            .map(Map.Entry::getValue)
            .toList());
  }

  @Override
  public void keep(String account, Position position) {
    kept.merge(account + "/" + position.room(), position, Position::and);
  }

  @Override
  public void forget(String account, String room) {
    kept.remove(account + "/" + room);
  }
}
