package kith.node.feature.approval;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.protocol.rest.Joining.OwnJoinRequest;

/// Stores the requests to join all rooms. Each room writes only its own requests, one at a time.
interface RequestStore {
  /// The requests to join a room that are in force.
  CompletionStage<List<JoinRequest>> ofRoom(String room, Instant now);

  /// The requests of one account that are in force, the oldest first.
  CompletionStage<List<OwnJoinRequest>> ofAccount(String user, Instant now);

  /// False if the room or the account has too many. A second request replaces the first.
  ///
  /// @param name of the room, for the user
  CompletionStage<Boolean> put(String room, String name, JoinRequest request);

  /// False if the request is gone.
  CompletionStage<Boolean> decide(String room, JoinRequest decided);

  CompletionStage<Boolean> remove(String room, Set<String> users);

  /// Deletes the requests to join a deleted room.
  ///
  /// @return the users who asked
  CompletionStage<List<String>> removeAll(String room);
}
