package kith.node.feature.conversations;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.core.account.Account;
import kith.node.core.account.Memberships;
import kith.node.core.account.Memberships.Outcome;
import kith.node.core.account.RoomMemberships;
import kith.node.core.room.Post;
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
  public CompletionStage<Outcome> mayBegin(Beginning it) {
    return mayBegin(
        ask(
            it.with(),
            replyTo -> new AccountConversations.MayBegin(it.user(), it.initiator(), replyTo)),
        () -> memberships.isMember(it.room(), it.user()));
  }

  @Override
  public CompletionStage<Outcome> converse(Beginning it) {
    return converse(
        ask(
            it.with(),
            replyTo ->
                new AccountConversations.Enrol(
                    it.room(), it.user(), Optional.of(it.initiator()), replyTo)),
        () ->
            rooms
                .ask(it.room(), replyTo -> create(it.user(), it.with(), replyTo))
                .thenApply(RoomMemberships::outcome)
                .thenCompose(outcome -> post(it, it.messages(), outcome)),
        () -> memberships.isMember(it.room(), it.user()));
  }

  private CompletionStage<Account.Answer> ask(
      String user, Function<ActorRef<Account.Answer>, Account.Command> question) {
    return sharding
        .entityRefFor(Account.KEY, user)
        .<Account.Answer>ask(question::apply, Intervals.DIRECT_ANSWER)
        .exceptionally(_ -> Account.Refused.UNAVAILABLE);
  }

  /// Posts the messages in order, and notifies the account of each author.
  private CompletionStage<Outcome> post(
      Beginning it, List<FirstMessage> messages, Outcome outcome) {
    if (messages.isEmpty() || outcome instanceof Outcome.Refused)
      return CompletableFuture.completedFuture(outcome);
    var first = messages.getFirst();
    var with = first.by().equals(it.user()) ? it.with() : it.user();
    return rooms
        .submit(it.room(), new Post.Say(first.by(), first.id(), first.text(), OptionalLong.empty()))
        .thenCompose(verdict ->
            switch (verdict) {
              case Post.Refused(var code, _) when code == Code.UNAVAILABLE ->
                  CompletableFuture.completedFuture(Account.Refused.UNAVAILABLE);
              // the room will never accept it
              case Post.Refused _ -> posted(it.room(), first.by(), with, OptionalLong.empty());
              case Post.Accepted(var seq, _, _) ->
                  posted(it.room(), first.by(), with, OptionalLong.of(seq));
            })
        .thenCompose(answer ->
            answer.equals(Account.Refused.UNAVAILABLE)
                ? CompletableFuture.completedFuture(new Outcome.Refused(Code.UNAVAILABLE))
                : post(it, messages.subList(1, messages.size()), outcome));
  }

  private CompletionStage<Account.Answer> posted(
      String room, String author, String with, OptionalLong seq) {
    return ask(
        author, replyTo -> new AccountConversations.FirstMessageSettled(room, with, seq, replyTo));
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

  static CompletionStage<Outcome> mayBegin(
      CompletionStage<Account.Answer> answer, Supplier<CompletionStage<Boolean>> isMember) {
    return answer.thenCompose(said ->
        switch (said) {
          case Account.Refused(var code, _) -> unlessMember(code, isMember);
          case Account.Done _ -> CompletableFuture.completedFuture(done());
        });
  }

  /// No room is created with a user who does not exist or whose account does not answer. It is not
  /// disclosed that the other account has too many conversations: the room is created, and the
  /// other account is asked again whenever this one begins the conversation again.
  static CompletionStage<Outcome> converse(
      CompletionStage<Account.Answer> enrolled,
      Supplier<CompletionStage<Outcome>> room,
      Supplier<CompletionStage<Boolean>> isMember) {
    return enrolled.thenCompose(answer ->
        switch (answer) {
          case Account.Refused(var code, _) when code != Code.TOO_MANY_ROOMS ->
              unlessMember(code, isMember);
          case Account.Refused _, Account.Done _ -> room.get();
        });
  }

  private static CompletionStage<Outcome> unlessMember(
      Code code, Supplier<CompletionStage<Boolean>> isMember) {
    return isMember.get().thenApply(it -> it ? done() : new Outcome.Refused(code));
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
