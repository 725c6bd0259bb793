package kith.node.inbox;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where positions are kept. What was kept last may be lost with the node: about a second of it.
public interface Positions {
  CompletionStage<List<Position>> of(String account);

  void keep(String account, Position position);

  /// The account is no longer in the room.
  void forget(String account, String room);
}
