package kith.node.core.room;

import java.util.concurrent.CompletionStage;

/// Keeps the names of public rooms unique: a room reserves a name before it takes it.
public interface NameRegistry {
  /// False if another public room has the name or has reserved it. A reservation that is not used
  /// expires after a minute.
  CompletionStage<Boolean> reserve(String room, String name);

  /// Releases a reservation: the room keeps its current name.
  void release(String id, RoomState room);
}
