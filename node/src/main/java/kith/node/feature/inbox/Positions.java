package kith.node.feature.inbox;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where positions are kept. What was kept last may be lost with the node: about a second of it.
public interface Positions {
  CompletionStage<List<Position>> of(String account);

  /// False if too much waits to be written: then it has to be said again.
  boolean keep(String account, Position position);

  /// The account is no longer in the room. False as above.
  boolean forget(String account, String room);

  /// Done when all that was kept before is on disk.
  CompletionStage<Void> flush();
}
