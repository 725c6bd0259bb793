package kith.node.core.room;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Applies changes to projections and stores the position of each projection of each room.
public interface ProjectionStore {
  /// A projection without a position is at 0.
  CompletionStage<Map<String, Long>> positions(String room);

  /// Applies the change and moves the position, in one transaction.
  ///
  /// @return false if the projection was at another position than `from`; then nothing was applied
  CompletionStage<Boolean> apply(Advance advance);

  /// @param isUrgent false if the write may wait a moment for those of other rooms
  record Advance(
      Projection projection, long from, long to, boolean isUrgent, Projection.Change change) {}

  /// Removes the room's data from the projection and sets its position to 0.
  CompletionStage<Void> reset(Projection projection, String room);
}
