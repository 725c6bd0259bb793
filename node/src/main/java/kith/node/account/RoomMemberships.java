package kith.node.account;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.room.Room;
import kith.node.room.RoomView;
import kith.node.room.Rooms;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.CreateRoom;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// Asks the rooms themselves.
public final class RoomMemberships implements Memberships {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Rooms rooms;
  private final ClusterSharding sharding;

  public RoomMemberships(Rooms rooms, ClusterSharding sharding) {
    this.rooms = rooms;
    this.sharding = sharding;
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
                        replyTo)))
        .thenApply(RoomMemberships::outcome);
  }

  @Override
  public CompletionStage<Outcome> converse(String room, String user, String with) {
    return rooms
        .ask(room, replyTo -> new Room.Converse(user, with, replyTo))
        .thenCompose(outcome ->
            switch (outcome) {
              case Room.Done _ -> enrol(room, user, with);
              case Room.Denied _ -> CompletableFuture.completedFuture(outcome(outcome));
            });
  }

  private CompletionStage<Outcome> enrol(String room, String user, String with) {
    return sharding
        .entityRefFor(Account.KEY, with)
        .<Account.Answer>ask(replyTo -> new Account.Enrol(room, user, replyTo), PATIENCE)
        .thenApply(answer ->
            switch (answer) {
              case Account.Done _ -> new Outcome.Done();
              case Account.Refused(var code, _) -> new Outcome.Refused(code);
            });
  }

  @Override
  public CompletionStage<Long> latest(String room, String user) {
    return rooms
        .look(room, new RoomView.Membership(user))
        .thenApply(answer ->
            switch (answer) {
              case RoomView.IsMember(var lastSeq) -> lastSeq;
              case RoomView.Answer ignored ->
                  throw new IllegalStateException("the room did not say where it is");
            });
  }

  private CompletionStage<Optional<String>> hashed(Optional<String> passcode) {
    return passcode.isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : rooms.passcodes().hash(passcode.get()).thenApply(Optional::of);
  }

  @Override
  public CompletionStage<Outcome> join(
      String room, String user, Optional<String> passcode, Optional<String> invitation) {
    return rooms.join(room, user, passcode, invitation).thenApply(RoomMemberships::outcome);
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

  private static Outcome outcome(Room.Outcome outcome) {
    return switch (outcome) {
      case Room.Done _ -> new Outcome.Done();
      case Room.Denied(var code) -> new Outcome.Refused(code);
    };
  }
}
