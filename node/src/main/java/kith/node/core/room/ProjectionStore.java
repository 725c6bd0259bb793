package kith.node.core.room;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Applies changes to projections and stores the position of each projection of each room.
public interface ProjectionStore {
  /// A projection without a position is at 0.
  CompletionStage<Map<String, Long>> positions(String room);

  /// Applies a change and moves the position, in one transaction.
  ///
  /// @param from the expected position; if the projection is at another, nothing is applied
  /// @return false if the projection was at another position
  CompletionStage<Boolean> apply(
      Projection projection, long from, long to, Projection.Change change);

  /// Removes the room's data from the projection and sets its position to 0.
  CompletionStage<Void> reset(Projection projection, String room);
}
