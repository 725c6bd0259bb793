package kith.node.core.account;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.room.Invitations;
import kith.node.core.room.Room;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.CreateRoom;

/// Sends an account's questions to the rooms.
public final class RoomMemberships implements Memberships {
  private final Rooms rooms;

  public RoomMemberships(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public CompletionStage<Outcome> create(String room, String user, CreateRoom request) {
    return hashed(request.passcode())
        .thenCompose(hash ->
            rooms.ask(
                room,
                replyTo ->
                    new Room.Create(
                        user,
                        request.name(),
                        request.topic().orElse(""),
                        request.visibility().orElse(Visibility.PUBLIC),
                        hash,
                        request.capacity(),
                        request.retention(),
                        Optional.empty(),
                        replyTo)))
        .thenApply(RoomMemberships::outcome);
  }

  private CompletionStage<Optional<String>> hashed(Optional<String> passcode) {
    return passcode.isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : rooms.passcodes().hash(passcode.get()).thenApply(Optional::of);
  }

  @Override
  public CompletionStage<Prospect> prospect(
      String room, Joining who, boolean hasPasscode, Optional<String> invitation) {
    var question =
        new RoomView.Prospect(
            who.user(), invitation.map(Invitations::hash), hasPasscode, who.owner());
    return rooms.look(room, question).thenApply(RoomMemberships::prospect);
  }

  private static Prospect prospect(RoomView.Answer answer) {
    return switch (answer) {
      case RoomView.IsMember _ -> new Prospect.Member();
      case RoomView.MayJoin() -> new Prospect.MayJoin();
      case RoomView.Denied(var code) -> new Prospect.Refused(code);
      case RoomView.Answer ignored ->
          throw new IllegalStateException("unexpected answer from the room");
    };
  }

  @Override
  public CompletionStage<Outcome> join(
      String room, Joining who, Optional<String> passcode, Optional<String> invitation) {
    return rooms
        .join(room, who.user(), passcode, invitation, who.owner())
        .thenApply(RoomMemberships::outcome);
  }

  @Override
  public CompletionStage<Outcome> leave(String room, String user) {
    return rooms
        .ask(room, replyTo -> new Room.Leave(user, false, replyTo))
        .thenApply(RoomMemberships::outcome);
  }

  @Override
  public CompletionStage<Outcome> forget(String room, String user) {
    return rooms
        .ask(room, replyTo -> new Room.Leave(user, true, replyTo))
        .thenApply(RoomMemberships::outcome);
  }

  @Override
  public CompletionStage<Boolean> isMember(String room, String user) {
    return rooms.look(room, new RoomView.Membership(user)).thenApply(RoomMemberships::isMember);
  }

  private static boolean isMember(RoomView.Answer answer) {
    return switch (answer) {
      case RoomView.IsMember _ -> true;
      case RoomView.Denied(var code) when code == Code.UNAVAILABLE ->
          throw new IllegalStateException("the room did not answer");
      case RoomView.Answer ignored -> false;
    };
  }

  public static Outcome outcome(Room.Outcome outcome) {
    return switch (outcome) {
      case Room.Done(var joinedAt) -> new Outcome.Done(joinedAt);
      case Room.Denied(var code) -> new Outcome.Refused(code);
    };
  }
}
