package kith.node.core.room;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Applies changes to projections and keeps how far each projection of each room is.
public interface ProjectionStore {
  /// A projection without a position is at 0.
  CompletionStage<Map<String, Long>> positions(String room);

  /// Applies a change and moves the position, in one transaction.
  ///
  /// @param from where the projection has to be; if it is elsewhere nothing is applied
  /// @return false if the projection was elsewhere
  CompletionStage<Boolean> apply(
      Projection projection, long from, long to, Projection.Change change);

  /// Empties what the room has in the projection and sets its position to 0.
  CompletionStage<Void> reset(Projection projection, String room);
}
