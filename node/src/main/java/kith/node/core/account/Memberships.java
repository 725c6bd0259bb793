package kith.node.core.account;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Place;
import kith.protocol.Code;
import kith.protocol.rest.RoomRequests.CreateRoom;

/// An account's questions to rooms. The room's answer is authoritative, not the account's state.
///
/// Each question can be repeated with the same answer. After a stage that failed, or was refused
/// with `UNAVAILABLE`, the account asks `isMember` later.
public interface Memberships {
  /// The user who joins.
  ///
  /// @param owner of a bot
  record Joining(String user, Optional<String> owner) {}

  /// Creates the room `room` with `user` as its owner. `Refused` means: there is no such room.
  CompletionStage<Outcome> create(String room, String user, CreateRoom request);

  /// Whether `join` could succeed. Changes nothing, and does not compare a passcode.
  CompletionStage<Prospect> prospect(
      String room, Joining who, boolean hasPasscode, Optional<String> invitation);

  /// `Done` also if `user` is a member already; `Refused` means: `user` is not a member.
  CompletionStage<Outcome> join(
      String room, Joining who, Optional<String> passcode, Optional<String> invitation);

  /// `Done` also if `user` is not a member; `Refused` means: `user` is still a member.
  CompletionStage<Outcome> leave(String room, String user);

  /// For a deleted account: like `leave`, but never refused because of the other members.
  CompletionStage<Outcome> forget(String room, String user);

  /// False too if there is no such room.
  CompletionStage<Boolean> isMember(String room, String user);

  /// A room's answer to the question whether `user` may join.
  sealed interface Prospect {
    record Member() implements Prospect {}

    record MayJoin() implements Prospect {}

    record Refused(Code code) implements Prospect {}
  }

  /// A room's answer.
  sealed interface Outcome {
    /// @param joinedAt the room's position when `user` joined, if the room reported it
    record Done(Optional<Place> joinedAt) implements Outcome {}

    record Refused(Code code) implements Outcome {}
  }
}
