package kith.node.core.account;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.ConversationCommand;
import kith.node.core.account.Account.Converse;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.Enrol;
import kith.node.core.account.Account.Leave;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountEvent.ConversationBegan;
import kith.node.core.account.AccountEvent.ConversationHidden;
import kith.node.core.account.AccountEvent.MembershipSettled;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The part of an account that has conversations with others, and puts them out of sight.
final class AccountConversations {

  /// How far a conversation was when it was left.
  record Seen(Leave leave, Optional<Long> latest) implements ConversationCommand {}

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// The entry that begins a conversation: nothing that somebody wrote.
  private static final long BEGINNING = 1;

  private final String user;
  private final Account account;
  private final ActorContext<Command> context;
  private final AccountInbox inbox;
  private final Memberships memberships;

  AccountConversations(
      String user,
      Account account,
      ActorContext<Command> context,
      AccountInbox inbox,
      Account.Surroundings surroundings) {
    this.user = user;
    this.account = account;
    this.context = context;
    this.inbox = inbox;
    this.memberships = surroundings.memberships();
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, ConversationCommand command) {
    return switch (command) {
      case Enrol enrol -> onEnrol(state, enrol);
      case Seen(var leave, var latest) -> onSeen(leave, latest);
    };
  }

  /// Does not wait for a question of its own about the same room: the other side may wait for this
  /// answer to give that one.
  private ReplyEffect<AccountEvent, AccountState> onEnrol(AccountState state, Enrol enrol) {
    var room = enrol.room();
    if (!state.isActive()) return refuse(enrol.replyTo(), Code.UNKNOWN_USER);
    var refusal = state.whyNotConverse(room);
    if (refusal.isPresent()) return refuse(enrol.replyTo(), refusal.get());
    if (state.people().conversation(room).isPresent() && state.rooms().joined().contains(room))
      return account.Effect().reply(enrol.replyTo(), new Done());
    return account.Effect()
        .persist(began(state, enrol))
        .thenRun((AccountState now) -> account.settled(now, room, true))
        .thenReply(enrol.replyTo(), _ -> new Done());
  }

  /// What somebody begins who is blocked does not show itself.
  private static List<AccountEvent> began(AccountState state, Enrol enrol) {
    var room = enrol.room();
    var began = new ConversationBegan(room, enrol.with());
    var settled = new MembershipSettled(room, true, Optional.empty());
    return state.people().blocked().contains(enrol.with())
        ? List.of(began, settled, new ConversationHidden(room, BEGINNING))
        : List.of(began, settled);
  }

  private ReplyEffect<AccountEvent, AccountState> refuse(ActorRef<Answer> replyTo, Code code) {
    return account.Effect().reply(replyTo, Refused.because(code));
  }

  /// Brings back what was put out of sight.
  ReplyEffect<AccountEvent, AccountState> show(AccountState state, Converse asked) {
    var conversation = state.people().conversation(asked.room());
    if (conversation.isEmpty() || !conversation.get().isHidden())
      return account.Effect().reply(asked.replyTo(), new Done());
    return hide(asked.room(), 0, asked.replyTo());
  }

  /// Puts a conversation out of sight, once it is known where it ends now.
  ReplyEffect<AccountEvent, AccountState> leave(AccountState state, Leave leave) {
    if (!state.isActive()) return refuse(leave.replyTo(), Code.DEVICE_ENDED);
    var latest = memberships.latest(leave.room(), user).toCompletableFuture().copy();
    context.pipeToSelf(
        latest.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS),
        (seq, fault) -> new Seen(leave, fault == null ? Optional.of(seq) : Optional.empty()));
    return account.Effect().noReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onSeen(Leave leave, Optional<Long> latest) {
    if (latest.isEmpty()) return refuse(leave.replyTo(), Code.UNAVAILABLE);
    context.getSelf().tell(new AccountInbox.ReadUpTo(leave.room(), latest.get(), Optional.empty()));
    return hide(leave.room(), latest.get(), leave.replyTo());
  }

  private ReplyEffect<AccountEvent, AccountState> hide(
      String room, long upTo, ActorRef<Answer> replyTo) {
    return account.Effect()
        .persist(new ConversationHidden(room, upTo))
        .thenRun((AccountState now) -> now.people().conversation(room).ifPresent(inbox::isNow))
        .thenReply(replyTo, _ -> new Done());
  }
}
