package kith.node.feature.moderation;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Stores the mutes of all rooms. Each room writes only its own mutes, one at a time.
interface MuteStore {
  /// The mutes that are in force.
  CompletionStage<List<Mute>> ofRoom(String room, Instant now);

  /// False if the room already has too many. Muting a user again replaces the earlier mute.
  CompletionStage<Boolean> put(String room, Mute mute);

  CompletionStage<Boolean> remove(String room, String user);

  /// Deletes the mutes of a deleted room.
  CompletionStage<Integer> removeAll(String room);
}
