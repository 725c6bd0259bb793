package kith.node.core.account;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kith.node.core.room.Room;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.feature.conversations.Conversations;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.RoomRequests.CreateRoom;
import org.apache.pekko.actor.typed.ActorRef;
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
                        Optional.empty(),
                        replyTo)))
        .thenApply(RoomMemberships::outcome);
  }

  @Override
  public CompletionStage<Outcome> converse(String room, String user, String with) {
    return converse(
        sharding
            .entityRefFor(Account.KEY, with)
            .ask(replyTo -> new Account.Enrol(room, user, replyTo), PATIENCE),
        () -> rooms.ask(room, replyTo -> direct(user, with, replyTo)),
        () -> isMember(room, user));
  }

  private static Room.Create direct(String user, String with, ActorRef<Room.Outcome> replyTo) {
    return new Room.Create(
        user,
        "",
        "",
        Visibility.DIRECT,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(Conversations.sorted(user, with)),
        replyTo);
  }

  /// No room is made with somebody who does not exist. But who has all the conversations they may
  /// have is not known by that: they are asked again whenever this one is asked for.
  static CompletionStage<Outcome> converse(
      CompletionStage<Account.Answer> enrolled,
      Supplier<CompletionStage<Room.Outcome>> room,
      Supplier<CompletionStage<Boolean>> isMember) {
    return enrolled.thenCompose(answer ->
        switch (answer) {
          case Account.Refused(var code, _) when code == Code.UNAVAILABLE ->
              CompletableFuture.completedFuture(new Outcome.Refused(code));
          case Account.Refused(var code, _) when code != Code.TOO_MANY_ROOMS ->
              isMember.get().thenApply(it -> it ? done() : new Outcome.Refused(code));
          case Account.Refused _, Account.Done _ -> room.get().thenApply(RoomMemberships::outcome);
        });
  }

  private static Outcome done() {
    return new Outcome.Done(Optional.empty());
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
      case Room.Done(var joinedAt) -> new Outcome.Done(joinedAt);
      case Room.Denied(var code) -> new Outcome.Refused(code);
    };
  }
}
