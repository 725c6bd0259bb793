package kith.node.feature.conversations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kith.node.auth.ServerAct;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.Leave;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountEvent.MembershipSettled;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.node.core.account.Memberships.Outcome;
import kith.node.feature.conversations.ConversationEvent.ConversationBegan;
import kith.node.feature.conversations.ConversationEvent.ConversationHidden;
import kith.node.feature.conversations.ConversationEvent.RequestPosted;
import kith.node.feature.conversations.ConversationRooms.Beginning;
import kith.node.feature.conversations.ConversationRooms.Initiator;
import kith.node.feature.conversations.RequestEvent.SentRequestSettled;
import kith.node.platform.config.Intervals;
import kith.node.privacy.Privacy;
import kith.protocol.Code;
import kith.protocol.ConversationsFrom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.jspecify.annotations.Nullable;

/// The conversations of an account. Leaving a conversation only hides it, until it has a new entry.
public final class AccountConversations implements AccountPart<AccountConversations.Command> {

  public sealed interface Command extends Account.PartCommand {}

  /// Begins a conversation, or finds it; `room` follows from the two users.
  public record Converse(String room, String with, ActorRef<Answer> replyTo)
      implements Command, Account.PartRoomRequest {}

  /// May `user` begin a conversation with this account?
  record MayBegin(String user, Initiator initiator, ActorRef<Answer> replyTo) implements Command {}

  /// The user `with` has begun the conversation `room`.
  ///
  /// @param initiator absent from nodes of an older release
  public record Enrol(
      String room, String with, Optional<Initiator> initiator, ActorRef<Answer> replyTo)
      implements Command {}

  /// The room of a conversation has this account's request as its entry `seq`.
  ///
  /// @param seq absent if the room refused it
  record FirstMessageSettled(String room, String with, OptionalLong seq, ActorRef<Answer> replyTo)
      implements Command {}

  /// The other account has answered whether a conversation may be begun.
  record Allowed(Converse asked, Outcome outcome) implements Command {}

  /// Begins a conversation that the other account allows.
  record Begin(Converse asked) implements Command, Account.PartRoomRequest {
    @Override
    public String room() {
      return asked.room();
    }

    @Override
    public ActorRef<Answer> replyTo() {
      return asked.replyTo();
    }
  }

  /// The outcome of beginning a conversation that the account already has.
  record CreatedAgain(Converse asked, Outcome outcome) implements Command {}

  /// Posts sent requests that are not in the room of their conversation yet.
  record PostRequests() implements Command {}

  /// The latest entry of a conversation that is to be hidden; empty if its room did not answer.
  record LatestKnown(Leave leave, Optional<Long> latest) implements Command {}

  /// The seq of the entry that creates a conversation; no user has written it.
  private static final long BEGINNING = 1;

  private final AccountHost account;
  private final ConversationRooms rooms;
  private final int mostConversations;
  private final ConversationsFrom usual;

  private AccountConversations(
      AccountHost account, ConversationRooms rooms, ConversationSettings bounds) {
    this.account = account;
    this.rooms = rooms;
    this.mostConversations = bounds.perAccount();
    this.usual = bounds.from();
  }

  public static AccountPart.Factory<Command> part(
      ConversationRooms rooms, ConversationSettings bounds) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountConversations(account, rooms, bounds));
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case Converse converse -> onConverse(state, converse);
      case Allowed(var asked, var outcome) -> onAllowed(asked, outcome);
      case Begin(var asked) -> onBegin(state, asked);
      case MayBegin(var user, var initiator, var replyTo) ->
          account.reply(replyTo, mayBegin(state, user, Optional.of(initiator)));
      case Enrol enrol -> onEnrol(state, enrol);
      case FirstMessageSettled settled -> onFirstMessageSettled(state, settled);
      case CreatedAgain(var asked, var outcome) -> onCreatedAgain(state, asked, outcome);
      case PostRequests _ -> onPostRequests(state);
      case LatestKnown(var leave, var latest) -> onLatestKnown(state, leave, latest);
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onConverse(AccountState state, Converse asked) {
    var room = asked.room();
    var refusal = whyNotConverse(state, room);
    if (refusal.isPresent()) return account.refuse(asked.replyTo(), refusal.get());
    if (isBegun(state, room)) return beginAgain(state, asked);
    if (!state.mayDo(ServerAct.BEGIN_CONVERSATIONS) && !isAskedBy(state, asked.with()))
      return account.refuse(asked.replyTo(), Code.NOT_ALLOWED);
    account
        .actor()
        .pipeToSelf(
            rooms.mayBegin(beginning(state, room, asked.with())),
            (outcome, fault) -> new Allowed(asked, outcome(outcome, fault)));
    return account.noReply();
  }

  private boolean isAskedBy(AccountState state, String user) {
    return RequestBook.of(state)
        .receivedFrom(user, state.privacy().blocked(), account.now())
        .isPresent();
  }

  private static boolean isBegun(AccountState state, String room) {
    return state.isMember(room) && ConversationList.of(state).has(room);
  }

  /// A conversation that the other account refuses leaves nothing in the journal.
  private ReplyEffect<AccountEvent, AccountState> onAllowed(Converse asked, Outcome outcome) {
    if (outcome instanceof Outcome.Refused(var code)) return account.refuse(asked.replyTo(), code);
    account.actor().getSelf().tell(new Begin(asked));
    return account.noReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onBegin(AccountState state, Converse asked) {
    var room = asked.room();
    var refusal = whyNotConverse(state, room);
    if (refusal.isPresent()) return account.refuse(asked.replyTo(), refusal.get());
    if (isBegun(state, room)) return beginAgain(state, asked);
    var beginning = beginning(state, room, asked.with());
    return account.enter(
        state,
        List.of(new ConversationBegan(room, asked.with())),
        room,
        asked.replyTo(),
        () -> rooms.converse(beginning));
  }

  private Beginning beginning(AccountState state, String room, String with) {
    var blocked = state.privacy().blocked();
    var requests = RequestBook.of(state);
    var now = account.now();
    return new Beginning(
        room,
        account.user(),
        with,
        new Initiator(sharedRooms(state), requests.receivedFrom(with, blocked, now).isPresent()),
        requests.firstMessages(account.user(), with, blocked, now));
  }

  private static Set<String> sharedRooms(AccountState state) {
    return state.joined().stream()
        .filter(Predicate.not(ConversationList.of(state)::has))
        .collect(Collectors.toSet());
  }

  /// Asks the other account and the room again. The room may not exist yet if the other user is
  /// beginning the conversation, and the other account may have had too many conversations before.
  private ReplyEffect<AccountEvent, AccountState> beginAgain(AccountState state, Converse asked) {
    account
        .actor()
        .pipeToSelf(
            rooms.converse(beginning(state, asked.room(), asked.with())),
            (outcome, fault) -> new CreatedAgain(asked, outcome(outcome, fault)));
    return account.noReply();
  }

  private static Outcome outcome(@Nullable Outcome outcome, @Nullable Throwable fault) {
    return outcome == null || fault != null ? new Outcome.Refused(Code.UNAVAILABLE) : outcome;
  }

  private ReplyEffect<AccountEvent, AccountState> onCreatedAgain(
      AccountState state, Converse asked, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> show(state, asked);
      case Outcome.Refused(var code) -> {
        if (code == Code.UNAVAILABLE
            && hasRequestToPost(state, account.user(), asked.with(), account.now()))
          account.timers().startSingleTimer(new PostRequests(), Intervals.ROOM_RETRY);
        yield account.refuse(asked.replyTo(), code);
      }
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onPostRequests(AccountState state) {
    postRequests(state);
    return account.noReply();
  }

  private void postRequests(AccountState state) {
    RequestBook.of(state).sent().keySet().stream()
        .filter(with -> hasRequestToPost(state, account.user(), with, account.now()))
        .forEach(with -> beginLater(account, with));
  }

  /// Whether there is a conversation in whose room the account's request is not posted yet.
  static boolean hasRequestToPost(AccountState state, String user, String with, Instant now) {
    return isBegun(state, Conversations.id(user, with))
        && RequestBook.of(state).sentTo(with, now).isPresent();
  }

  @Override
  public boolean isBusy() {
    return account.timers().isTimerActive(new PostRequests());
  }

  private Optional<Code> whyNotConverse(AccountState state, String room) {
    return state.isActive()
        ? ConversationList.of(state).whyNotOneMore(room, mostConversations)
        : Optional.of(Code.DEVICE_ENDED);
  }

  /// Done if the user may begin a conversation with this account without a request. A user whom
  /// this account has asked is always allowed.
  private Answer mayBegin(AccountState state, String user, Optional<Initiator> initiator) {
    if (!state.isActive()) return Account.Refused.because(Code.UNKNOWN_USER);
    // a bot joins rooms through its owner
    if (state.isBot()) return Account.Refused.because(Code.NOT_ALLOWED);
    var isAsked =
        initiator.filter(Initiator::answersRequest).isPresent()
            || RequestBook.of(state).sentTo(user, account.now()).isPresent();
    var rooms = sharedRooms(state);
    var sharesRoom =
        initiator.stream().flatMap(it -> it.rooms().stream()).anyMatch(rooms::contains);
    var choice = state.privacy().settings().conversations().orElse(usual);
    return isAsked || Privacy.mayBegin(choice, sharesRoom, state.contacts().contains(user))
        ? new Done()
        : Account.Refused.because(Code.REQUEST_REQUIRED);
  }

  /// Does not wait for an open question about the same room: the other account may need this answer
  /// before it can answer that question.
  private ReplyEffect<AccountEvent, AccountState> onEnrol(AccountState state, Enrol enrol) {
    var room = enrol.room();
    if (!state.isActive()) return account.refuse(enrol.replyTo(), Code.UNKNOWN_USER);
    if (ConversationList.of(state).has(room) && state.joined().contains(room))
      return account.reply(enrol.replyTo(), new Done());
    if (!ConversationList.of(state).has(room)
        && mayBegin(state, enrol.with(), enrol.initiator()) instanceof Account.Refused refused)
      return account.reply(enrol.replyTo(), refused);
    var refusal = whyNotConverse(state, room);
    if (refusal.isPresent()) return account.refuse(enrol.replyTo(), refusal.get());
    return account
        .persist(state, enrolled(state, enrol))
        .thenRun((AccountState now) -> postRequest(now, enrol.with()))
        .thenReply(enrol.replyTo(), _ -> new Done());
  }

  /// A conversation that a blocked user begins is hidden.
  private List<AccountEvent> enrolled(AccountState state, Enrol enrol) {
    var room = enrol.room();
    var events = new ArrayList<AccountEvent>();
    events.add(new ConversationBegan(room, enrol.with()));
    events.add(new MembershipSettled(room, true, Optional.empty()));
    if (state.privacy().blocked().contains(enrol.with()))
      events.add(new ConversationHidden(room, BEGINNING));
    // a request that the other user knew when beginning the conversation, and did not accept
    if (enrol.initiator().filter(Initiator::answersRequest).isEmpty())
      RequestBook.of(state)
          .sentTo(enrol.with(), account.now())
          .filter(SentRequest::told)
          .ifPresent(_ -> events.add(new SentRequestSettled(enrol.with())));
    return events;
  }

  /// Posts a request that the other user did not know when beginning the conversation.
  private void postRequest(AccountState state, String with) {
    RequestBook.of(state)
        .sentTo(with, account.now())
        .filter(it -> !it.told())
        .ifPresent(_ -> beginLater(account, with));
  }

  /// Begins a conversation, or posts a request in it, without an answer.
  static void beginLater(AccountHost account, String with) {
    var room = Conversations.id(account.user(), with);
    var nobody = account.actor().getSystem().<Answer>ignoreRef();
    account.actor().getSelf().tell(new Converse(room, with, nobody));
  }

  private ReplyEffect<AccountEvent, AccountState> onFirstMessageSettled(
      AccountState state, FirstMessageSettled settled) {
    var events = new ArrayList<AccountEvent>();
    if (RequestBook.of(state).sent().containsKey(settled.with())) {
      events.add(new SentRequestSettled(settled.with()));
      settled.seq().ifPresent(seq -> events.add(new RequestPosted(settled.room(), seq)));
    }
    return account.persist(state, events).thenReply(settled.replyTo(), _ -> new Done());
  }

  private ReplyEffect<AccountEvent, AccountState> show(AccountState state, Converse asked) {
    var isHidden = ConversationList.of(state).in(asked.room()).filter(Conversation::isHidden);
    return isHidden.isPresent()
        ? hide(state, asked.room(), 0, asked.replyTo())
        : account.reply(asked.replyTo(), new Done());
  }

  /// Hides the conversation up to its latest entry.
  @Override
  public Optional<ReplyEffect<AccountEvent, AccountState>> leave(AccountState state, Leave leave) {
    return ConversationList.of(state).in(leave.room()).map(_ -> askLatest(state, leave));
  }

  private ReplyEffect<AccountEvent, AccountState> askLatest(AccountState state, Leave leave) {
    if (!state.isActive()) return account.refuse(leave.replyTo(), Code.DEVICE_ENDED);
    var latest = rooms.latest(leave.room(), account.user()).toCompletableFuture().copy();
    account
        .actor()
        .pipeToSelf(
            latest.orTimeout(Intervals.ROOM_ANSWER.toMillis(), TimeUnit.MILLISECONDS),
            (seq, fault) ->
                new LatestKnown(leave, fault == null ? Optional.of(seq) : Optional.empty()));
    return account.noReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onLatestKnown(
      AccountState state, Leave leave, Optional<Long> latest) {
    return latest.isPresent()
        ? hide(state, leave.room(), latest.get(), leave.replyTo())
        : account.refuse(leave.replyTo(), Code.UNAVAILABLE);
  }

  private ReplyEffect<AccountEvent, AccountState> hide(
      AccountState state, String room, long upTo, ActorRef<Answer> replyTo) {
    return account
        .persist(state, List.of(new ConversationHidden(room, upTo)))
        .thenReply(replyTo, _ -> new Done());
  }

  /// Begins the conversation again: the other account or the room may not know of it yet.
  @Override
  public Optional<CompletionStage<Outcome>> lookUp(AccountState state, String room) {
    return ConversationList.of(state)
        .in(room)
        .map(it -> rooms.converse(beginning(state, room, it.with())));
  }

  /// A crash may have interrupted the posting of a request.
  @Override
  public void recovered(AccountState state) {
    postRequests(state);
  }
}
