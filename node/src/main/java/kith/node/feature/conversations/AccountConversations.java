package kith.node.feature.conversations;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
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
import kith.node.platform.config.Intervals;
import kith.node.platform.config.NodeSettings;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The conversations of an account. Leaving a conversation only hides it, until it has a new entry.
public final class AccountConversations implements AccountPart<AccountConversations.Command> {

  public sealed interface Command extends Account.PartCommand {}

  /// Begins a conversation, or finds it; `room` follows from the two users.
  public record Converse(String room, String with, ActorRef<Answer> replyTo)
      implements Command, Account.PartRoomRequest {}

  /// The user `with` has begun the conversation `room`.
  public record Enrol(String room, String with, ActorRef<Answer> replyTo) implements Command {}

  /// The outcome of beginning a conversation that the account has already.
  record CreatedAgain(Converse asked, Outcome outcome) implements Command {}

  /// The latest entry of a conversation that is to be hidden; empty if its room did not answer.
  record LatestKnown(Leave leave, Optional<Long> latest) implements Command {}

  /// The seq of the entry that creates a conversation; no user has written it.
  private static final long BEGINNING = 1;

  private final AccountHost account;
  private final ConversationRooms rooms;
  private final int mostConversations;

  private AccountConversations(
      AccountHost account, ConversationRooms rooms, NodeSettings.Conversations bounds) {
    this.account = account;
    this.rooms = rooms;
    this.mostConversations = bounds.perAccount();
  }

  public static AccountPart.Factory<Command> part(
      ConversationRooms rooms, NodeSettings.Conversations bounds) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountConversations(account, rooms, bounds));
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case Converse converse -> onConverse(state, converse);
      case Enrol enrol -> onEnrol(state, enrol);
      case CreatedAgain(var asked, var outcome) -> onCreatedAgain(state, asked, outcome);
      case LatestKnown(var leave, var latest) -> onLatestKnown(state, leave, latest);
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onConverse(AccountState state, Converse asked) {
    var room = asked.room();
    var refusal = whyNotConverse(state, room);
    if (refusal.isPresent()) return account.refuse(asked.replyTo(), refusal.get());
    if (state.isMember(room) && ConversationList.of(state).has(room)) return beginAgain(asked);
    return account.enter(
        state,
        List.of(new ConversationBegan(room, asked.with())),
        room,
        asked.replyTo(),
        () -> rooms.converse(room, account.user(), asked.with()));
  }

  /// Asks the other account and the room again. The room may not exist yet if the other user is
  /// beginning the conversation, and the other account may have had too many conversations before.
  private ReplyEffect<AccountEvent, AccountState> beginAgain(Converse asked) {
    account
        .actor()
        .pipeToSelf(
            rooms.converse(asked.room(), account.user(), asked.with()),
            (outcome, fault) ->
                new CreatedAgain(
                    asked, fault == null ? outcome : new Outcome.Refused(Code.UNAVAILABLE)));
    return account.noReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onCreatedAgain(
      AccountState state, Converse asked, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> show(state, asked);
      case Outcome.Refused(var code) -> account.refuse(asked.replyTo(), code);
    };
  }

  private Optional<Code> whyNotConverse(AccountState state, String room) {
    return state.isActive()
        ? ConversationList.of(state).whyNotOneMore(room, mostConversations)
        : Optional.of(Code.DEVICE_ENDED);
  }

  /// Does not wait for an open question about the same room: the other account may need this answer
  /// before it can answer that question.
  private ReplyEffect<AccountEvent, AccountState> onEnrol(AccountState state, Enrol enrol) {
    var room = enrol.room();
    if (!state.isActive()) return account.refuse(enrol.replyTo(), Code.UNKNOWN_USER);
    var refusal = whyNotConverse(state, room);
    if (refusal.isPresent()) return account.refuse(enrol.replyTo(), refusal.get());
    if (ConversationList.of(state).has(room) && state.joined().contains(room))
      return account.reply(enrol.replyTo(), new Done());
    return account
        .persist(state, enrolled(state, enrol))
        .thenReply(enrol.replyTo(), _ -> new Done());
  }

  /// A conversation that a blocked user begins is hidden.
  private static List<AccountEvent> enrolled(AccountState state, Enrol enrol) {
    var room = enrol.room();
    var began = new ConversationBegan(room, enrol.with());
    var settled = new MembershipSettled(room, true, Optional.empty());
    return state.privacy().blocked().contains(enrol.with())
        ? List.of(began, settled, new ConversationHidden(room, BEGINNING))
        : List.of(began, settled);
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
        .map(it -> rooms.converse(room, account.user(), it.with()));
  }
}
