package kith.node.feature.conversations;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import kith.node.core.account.Account;
import kith.node.core.account.Memberships;
import kith.node.core.account.Memberships.Outcome;
import kith.node.core.account.RoomMemberships;
import kith.node.core.room.Room;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.Visibility;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// Asks the other account, then the room itself.
public final class RoomConversations implements ConversationRooms {
  private final Rooms rooms;
  private final Memberships memberships;
  private final ClusterSharding sharding;

  public RoomConversations(Rooms rooms, Memberships memberships, ClusterSharding sharding) {
    this.rooms = rooms;
    this.memberships = memberships;
    this.sharding = sharding;
  }

  @Override
  public CompletionStage<Outcome> converse(String room, String user, String with) {
    return converse(
        sharding
            .entityRefFor(Account.KEY, with)
            .ask(
                replyTo -> new AccountConversations.Enrol(room, user, replyTo),
                Intervals.DIRECT_ANSWER),
        () -> rooms.ask(room, replyTo -> create(user, with, replyTo)),
        () -> memberships.isMember(room, user));
  }

  private static Room.Create create(String user, String with, ActorRef<Room.Outcome> replyTo) {
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

  /// No room is created with a user who does not exist or whose account does not answer. It is not
  /// disclosed that the other account has too many conversations: the room is created, and the
  /// other account is asked again whenever this one begins the conversation again.
  static CompletionStage<Outcome> converse(
      CompletionStage<Account.Answer> enrolled,
      Supplier<CompletionStage<Room.Outcome>> room,
      Supplier<CompletionStage<Boolean>> isMember) {
    return enrolled
        .exceptionally(_ -> Account.Refused.UNAVAILABLE)
        .thenCompose(answer ->
            switch (answer) {
              case Account.Refused(var code, _) when code != Code.TOO_MANY_ROOMS ->
                  isMember.get().thenApply(it -> it ? done() : new Outcome.Refused(code));
              case Account.Refused _, Account.Done _ ->
                  room.get().thenApply(RoomMemberships::outcome);
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
                  throw new IllegalStateException("the room did not return its latest entry");
            });
  }
}
