package kith.node.core.account;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kith.node.auth.ServerAct;
import kith.node.auth.TokenBucket;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.Join;
import kith.node.core.account.Account.Leave;
import kith.node.core.account.Account.Open;
import kith.node.core.account.Account.PartRoomRequest;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Account.RoomCommand;
import kith.node.core.account.Account.RoomEnded;
import kith.node.core.account.Account.RoomRequest;
import kith.node.core.account.AccountEvent.JoinBegan;
import kith.node.core.account.AccountEvent.LeaveBegan;
import kith.node.core.account.AccountEvent.MembershipSettled;
import kith.node.core.account.JoinedRooms.Intent;
import kith.node.core.account.Memberships.Outcome;
import kith.node.core.account.Memberships.Prospect;
import kith.node.core.room.Place;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// Joins and leaves rooms. One question at a time is open about each room; the intent is persisted
/// before the room is asked, and the outcome after it has answered. Before a join the room is asked
/// whether it could succeed: a join that is refused then, such as of a room that does not exist,
/// leaves nothing in the journal.
final class AccountRooms {

  /// The outcome of a question.
  sealed interface Heard extends RoomCommand {}

  record RoomProspect(Join join, long question, Prospect prospect) implements Heard {
    @Override
    public String room() {
      return join.room();
    }
  }

  record RoomAnswered(
      String room, long question, Intent intent, ActorRef<Answer> replyTo, Outcome outcome)
      implements Heard {}

  record RoomSaid(String room, long question, boolean member) implements Heard {}

  record RoomSilent(String room, long question, Optional<ActorRef<Answer>> replyTo)
      implements Heard {}

  /// A request that a room has not answered yet, and the commands that wait for it.
  private record Question(long number, ArrayDeque<RoomRequest> waiting) {}

  private final String user;
  private final AccountBehavior account;
  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final AccountParts parts;
  private final Memberships memberships;
  private final int mostRooms;
  private final int mostWaiting;
  private final Clock clock;
  private final TokenBucket passcodes;
  private final Map<String, Question> questionsByRoom = new HashMap<>();
  private long lastQuestion;

  AccountRooms(
      String user,
      AccountBehavior account,
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      AccountParts parts,
      Account.Surroundings surroundings) {
    this.user = user;
    this.account = account;
    this.context = context;
    this.timers = timers;
    this.parts = parts;
    this.memberships = surroundings.memberships();
    this.mostRooms = surroundings.settings().roomsPerAccount();
    this.mostWaiting = surroundings.settings().waitingPerRoom();
    this.clock = surroundings.clock();
    this.passcodes = new TokenBucket(surroundings.settings().perAccount());
  }

  boolean isBusy() {
    return !questionsByRoom.isEmpty();
  }

  /// Drops pending requests, also after a failure of the journal. The intents are kept.
  void recovered(AccountState state) {
    questionsByRoom.clear();
    settleOpen(state);
  }

  void settleOpen(AccountState state) {
    state.rooms().intents().keySet().forEach(room -> context.getSelf().tell(new RoomEnded(room)));
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, RoomCommand command) {
    return switch (command) {
      case RoomRequest request when questionsByRoom.containsKey(request.room()) -> await(request);
      case RoomRequest request -> begin(state, request);
      case RoomProspect(var join, var question, var prospect) ->
          onProspect(state, join, question, prospect);
      case RoomAnswered answered -> onAnswered(state, answered);
      case RoomSaid said -> onSaid(state, said);
      case RoomSilent(var room, var question, var replyTo) -> onSilent(room, question, replyTo);
    };
  }

  private ReplyEffect<AccountEvent, AccountState> await(RoomRequest request) {
    var waiting = Objects.requireNonNull(questionsByRoom.get(request.room())).waiting();
    if (waiting.size() < mostWaiting) {
      waiting.add(request);
      return account.Effect().noReply();
    }
    return switch (request) {
      case Open open -> account.Effect().reply(open.replyTo(), Refused.UNAVAILABLE);
      case PartRoomRequest ofPart -> account.Effect().reply(ofPart.replyTo(), Refused.UNAVAILABLE);
      case Join join -> account.Effect().reply(join.replyTo(), Refused.UNAVAILABLE);
      case Leave leave -> account.Effect().reply(leave.replyTo(), Refused.UNAVAILABLE);
      case RoomEnded _ -> account.Effect().noReply();
    };
  }

  private ReplyEffect<AccountEvent, AccountState> begin(AccountState state, RoomRequest request) {
    return switch (request) {
      case Open open -> create(state, open);
      case PartRoomRequest ofPart -> parts.on(state, ofPart);
      case Join join -> join(state, join);
      case Leave leave ->
          parts.first(part -> part.leave(state, leave)).orElseGet(() -> leave(state, leave));
      case RoomEnded(var room) ->
          state.rooms().concern(room) ? find(state, room) : account.Effect().noReply();
    };
  }

  /// Limits passcode attempts: passcodes can be guessed like passwords and cost as much to compare.
  private ReplyEffect<AccountEvent, AccountState> join(AccountState state, Join join) {
    // the room decides whether the owner of a bot may bring it
    if (join.invitation().isEmpty() && !state.isBot() && !state.mayDo(ServerAct.FIND_ROOMS))
      return refuse(join.replyTo(), Refused.because(Code.NOT_ALLOWED));
    var wait = join.passcode().flatMap(_ -> passcodes.take(clock.instant()));
    return wait.isPresent()
        ? account.Effect().reply(join.replyTo(), Refused.until(Code.TOO_MANY_ATTEMPTS, wait.get()))
        : whyNotAsk(state, join.room())
            .map(refused -> refuse(join.replyTo(), refused))
            .orElseGet(() -> lookInto(state, join));
  }

  private Memberships.Joining joining(AccountState state) {
    return new Memberships.Joining(user, state.botOwner());
  }

  private ReplyEffect<AccountEvent, AccountState> lookInto(AccountState state, Join join) {
    var room = join.room();
    long number = start(room);
    context.pipeToSelf(
        bounded(
            memberships.prospect(
                room, joining(state), join.passcode().isPresent(), join.invitation())),
        (prospect, fault) ->
            fault == null
                ? new RoomProspect(join, number, prospect)
                : new RoomSilent(room, number, Optional.of(join.replyTo())));
    return account.Effect().noReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onProspect(
      AccountState state, Join join, long number, Prospect prospect) {
    var room = join.room();
    var replyTo = join.replyTo();
    // asked before this actor restarted, or the account was deleted meanwhile
    if (!isOpen(room, number) || !state.isActive()) {
      finish(room, number);
      return refuse(replyTo, Refused.UNAVAILABLE);
    }
    return switch (prospect) {
      case Prospect.Refused(var code) when code == Code.UNAVAILABLE ->
          onSilent(room, number, Optional.of(replyTo));
      case Prospect.Refused(var code) -> {
        finish(room, number);
        yield settle(state, room, false, Optional.empty(), replyTo, Refused.because(code));
      }
      case Prospect.Member() when state.isMember(room) -> {
        finish(room, number);
        yield account.Effect().reply(replyTo, new Done());
      }
      case Prospect.Member _, Prospect.MayJoin _ -> askToJoin(state, join, number);
    };
  }

  /// Checks the number of rooms again: other joins may have begun while the room was asked.
  private ReplyEffect<AccountEvent, AccountState> askToJoin(
      AccountState state, Join join, long number) {
    var room = join.room();
    var refusal = state.whyNotJoin(room, mostRooms);
    if (refusal.isPresent()) {
      finish(room, number);
      return refuse(join.replyTo(), Refused.because(refusal.get()));
    }
    return ask(
        state,
        List.of(new JoinBegan(room)),
        room,
        number,
        Intent.JOIN,
        join.replyTo(),
        () -> memberships.join(room, joining(state), join.passcode(), join.invitation()));
  }

  private Optional<Refused> whyNotAsk(AccountState state, String room) {
    return state
        .whyNotJoin(room, mostRooms)
        .map(Refused::because)
        .or(() ->
            questionsByRoom.size() > mostRooms
                ? Optional.of(Refused.UNAVAILABLE)
                : Optional.empty());
  }

  private ReplyEffect<AccountEvent, AccountState> refuse(
      ActorRef<Answer> replyTo, Refused refused) {
    return account.Effect().reply(replyTo, refused);
  }

  private ReplyEffect<AccountEvent, AccountState> create(AccountState state, Open open) {
    var room = open.room();
    // a repeated request, whose answer was lost
    if (state.isMember(room)) return account.Effect().reply(open.replyTo(), new Done());
    if (!state.mayDo(ServerAct.CREATE_ROOMS))
      return refuse(open.replyTo(), Refused.because(Code.NOT_ALLOWED));
    return whyNotAsk(state, room)
        .map(refused -> refuse(open.replyTo(), refused))
        .orElseGet(() ->
            enter(
                state,
                List.of(),
                room,
                open.replyTo(),
                () -> memberships.create(room, user, open.request())));
  }

  ReplyEffect<AccountEvent, AccountState> enter(
      AccountState state,
      List<? extends AccountEvent> first,
      String room,
      ActorRef<Answer> replyTo,
      Supplier<CompletionStage<Outcome>> question) {
    var began = new ArrayList<AccountEvent>(first);
    began.add(new JoinBegan(room));
    return ask(state, began, room, Intent.JOIN, replyTo, question);
  }

  private ReplyEffect<AccountEvent, AccountState> leave(AccountState state, Leave leave) {
    if (!state.isActive())
      return account.Effect().reply(leave.replyTo(), Refused.because(Code.DEVICE_ENDED));
    var room = leave.room();
    // a room that is unknown to this account is asked too, but no intent is persisted
    List<AccountEvent> began =
        state.rooms().concern(room) ? List.of(new LeaveBegan(room)) : List.of();
    return ask(
        state, began, room, Intent.LEAVE, leave.replyTo(), () -> memberships.leave(room, user));
  }

  private ReplyEffect<AccountEvent, AccountState> ask(
      AccountState state,
      List<AccountEvent> began,
      String room,
      Intent intent,
      ActorRef<Answer> replyTo,
      Supplier<CompletionStage<Outcome>> question) {
    if (questionsByRoom.size() > mostRooms) return refuse(replyTo, Refused.UNAVAILABLE);
    return ask(state, began, room, start(room), intent, replyTo, question);
  }

  private ReplyEffect<AccountEvent, AccountState> ask(
      AccountState state,
      List<AccountEvent> began,
      String room,
      long number,
      Intent intent,
      ActorRef<Answer> replyTo,
      Supplier<CompletionStage<Outcome>> question) {
    return account
        .persist(state, began)
        .thenRun(() ->
            context.pipeToSelf(
                bounded(question.get()),
                (outcome, fault) ->
                    fault == null
                        ? new RoomAnswered(room, number, intent, replyTo, outcome)
                        : new RoomSilent(room, number, Optional.of(replyTo))))
        .thenNoReply();
  }

  /// Asks a room whether this account is a member, to adopt the answer.
  private ReplyEffect<AccountEvent, AccountState> find(AccountState state, String room) {
    long number = start(room);
    context.pipeToSelf(
        bounded(isMember(state, room)),
        (isMember, fault) ->
            fault == null
                ? new RoomSaid(room, number, isMember)
                : new RoomSilent(room, number, Optional.empty()));
    return account.Effect().noReply();
  }

  private CompletionStage<Boolean> isMember(AccountState state, String room) {
    if (!state.isActive())
      return memberships.forget(room, user).thenApply(outcome -> !isDone(outcome));
    return parts
        .first(part -> part.lookUp(state, room))
        .map(outcome -> outcome.thenApply(AccountRooms::isDone))
        .orElseGet(() -> memberships.isMember(room, user));
  }

  private static boolean isDone(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> true;
      case Outcome.Refused(var code) when code == Code.UNAVAILABLE ->
          throw new IllegalStateException("the room did not answer");
      case Outcome.Refused _ -> false;
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onAnswered(
      AccountState state, RoomAnswered answered) {
    var room = answered.room();
    var replyTo = answered.replyTo();
    if (answered.outcome() instanceof Outcome.Refused(var code) && code == Code.UNAVAILABLE)
      return onSilent(room, answered.question(), Optional.of(replyTo));
    // asked before this actor restarted, or the account was deleted meanwhile: ask the room again
    if (!finish(room, answered.question()) || !state.isActive()) {
      context.getSelf().tell(new RoomEnded(room));
      return account.Effect().reply(replyTo, Refused.UNAVAILABLE);
    }
    boolean joining = answered.intent() == Intent.JOIN;
    return switch (answered.outcome()) {
      case Outcome.Done(var joinedAt) ->
          settle(state, room, joining, joinedAt, replyTo, new Done());
      case Outcome.Refused(var code) ->
          settle(state, room, !joining, Optional.empty(), replyTo, Refused.because(code));
    };
  }

  private ReplyEffect<AccountEvent, AccountState> settle(
      AccountState state,
      String room,
      boolean member,
      Optional<Place> joinedAt,
      ActorRef<Answer> replyTo,
      Answer answer) {
    var concerns = state.rooms().concern(room);
    var isNews = concerns && state.rooms().joined().contains(room) != member;
    // a member that joins again keeps its first place
    var place = joinedAt.filter(_ -> isNews && member);
    List<AccountEvent> settled =
        concerns ? List.of(new MembershipSettled(room, member, place)) : List.of();
    return account.persist(state, settled).thenReply(replyTo, _ -> answer);
  }

  private ReplyEffect<AccountEvent, AccountState> onSaid(AccountState state, RoomSaid said) {
    var room = said.room();
    if (!finish(room, said.question())) return account.Effect().noReply();
    if (said.member() && !state.isActive()) {
      retryLater(room);
      return account.Effect().noReply();
    }
    if (state.rooms().isSettled(room, said.member())) return account.Effect().noReply();
    return account
        .persist(state, List.of(new MembershipSettled(room, said.member(), Optional.empty())))
        .thenNoReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onSilent(
      String room, long number, Optional<ActorRef<Answer>> replyTo) {
    if (finish(room, number)) retryLater(room);
    replyTo.ifPresent(asker -> asker.tell(Refused.UNAVAILABLE));
    return account.Effect().noReply();
  }

  private void retryLater(String room) {
    timers.startSingleTimer(room, new RoomEnded(room), Intervals.ROOM_RETRY);
  }

  private long start(String room) {
    timers.cancel(room);
    questionsByRoom.put(room, new Question(++lastQuestion, new ArrayDeque<>()));
    return lastQuestion;
  }

  private boolean isOpen(String room, long number) {
    var question = questionsByRoom.get(room);
    return question != null && question.number() == number;
  }

  /// Ends a question and handles the requests that waited for it; false if it was dropped.
  private boolean finish(String room, long number) {
    var question = questionsByRoom.get(room);
    if (question == null || question.number() != number) return false;
    questionsByRoom.remove(room);
    question.waiting().forEach(context.getSelf()::tell);
    return true;
  }

  private static <T> CompletionStage<T> bounded(CompletionStage<T> stage) {
    return stage
        .toCompletableFuture()
        .copy()
        .orTimeout(Intervals.ROOM_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
  }
}
