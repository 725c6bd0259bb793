package kith.node.feature.inbox;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// The stored positions of accounts. A crash of the node loses about a second of them.
public interface Positions {
  CompletionStage<List<Position>> of(String account);

  /// @return false if too many wait to be written: the caller has to repeat it
  boolean keep(String account, Position position);

  /// The account has left the room.
  ///
  /// @return as above
  boolean forget(String account, String room);

  /// Completes when all positions kept before this call are on disk.
  CompletionStage<Void> flush();
}
