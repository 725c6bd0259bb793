package kith.node.feature.conversations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Done;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.node.core.account.Page;
import kith.node.feature.conversations.RequestEvent.RequestAnswered;
import kith.node.feature.conversations.RequestEvent.RequestSent;
import kith.node.feature.conversations.RequestEvent.RequestTold;
import kith.node.feature.conversations.RequestEvent.RequestWithdrawn;
import kith.node.feature.conversations.RequestEvent.RequestsExpired;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The requests of an account to begin conversations, sent and received.
///
/// A sender's account replies once it has stored the request, and delivers it after that. So
/// neither the reply nor its time depends on the recipient. Accepting a request is beginning the
/// conversation ([AccountConversations]), which posts its text.
public final class AccountRequests implements AccountPart<AccountRequests.Command> {

  public sealed interface Command extends Account.PartCommand {}

  /// Asks a user who does not accept conversations from this account.
  public record Send(String user, String text, ActorRef<SendReply> replyTo) implements Command {}

  /// Declines the request of a user, or withdraws the one to this user.
  public record End(String user, ActorRef<Answer> replyTo) implements Command {}

  public record Ask(ActorRef<Requests> replyTo) implements Command {}

  /// One account sends another a request, or its withdrawal. Repeated until it is confirmed.
  ///
  /// @param request absent if it is withdrawn
  record Tell(String from, String id, Optional<ConversationRequest> request) implements Command {}

  /// The answer to `Tell`, whether the request was stored or dropped.
  record Told(String by, String id, boolean withdrawn) implements Command {}

  record TellAgain() implements Command {}

  /// Some received requests have become conversations.
  record Settle() implements Command {}

  /// The answer to `Send`.
  public sealed interface SendReply extends CborSerializable {}

  /// @param request the one that was sent, or an earlier one that is still unanswered
  public record Sent(ConversationRequest request) implements SendReply {}

  public record NotSent(Code code, OptionalLong retryAfterMillis) implements SendReply {}

  /// All requests in pages, or only the changed ones.
  public record Requests(List<RequestEntry> entries, boolean whole) implements Account.PartWord {
    public Requests {
      entries = List.copyOf(entries);
    }
  }

  private final AccountHost account;
  private final ConversationSettings.Requests bounds;

  /// The time until unconfirmed requests are sent again.
  private Duration wait = Intervals.ACCOUNT_RETRY;

  private AccountRequests(AccountHost account, ConversationSettings.Requests bounds) {
    this.account = account;
    this.bounds = bounds;
  }

  public static AccountPart.Factory<Command> part(ConversationSettings.Requests bounds) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountRequests(account, bounds));
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case Send send -> onSend(state, send);
      case End(var user, var replyTo) -> onEnd(state, user, replyTo);
      case Ask(var replyTo) -> account.reply(replyTo, all(state));
      case Tell tell -> onTell(state, tell);
      case Told(var by, var id, var withdrawn) -> onTold(state, by, id, withdrawn);
      case TellAgain _ -> onTellAgain(state);
      case Settle _ -> onSettle(state);
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onSend(AccountState state, Send send) {
    var user = send.user();
    var now = account.now();
    var book = RequestBook.of(state);
    if (!state.isActive())
      return account.reply(send.replyTo(), new NotSent(Code.DEVICE_ENDED, OptionalLong.empty()));
    // also the answer to a retry
    var open = book.sentTo(user, now);
    if (open.isPresent()) return account.reply(send.replyTo(), new Sent(open.get().request()));
    var later = book.whyNotSend(user, bounds, now);
    if (later.isPresent()) {
      var millis = Math.max(1, Duration.between(now, later.get()).toMillis());
      return account.reply(
          send.replyTo(), new NotSent(Code.TOO_MANY_REQUESTS, OptionalLong.of(millis)));
    }
    var request =
        new ConversationRequest(
            UUID.randomUUID().toString(), send.text(), now, now.plus(bounds.lifetime()));
    return account
        .persist(state, afterExpiry(state, List.of(new RequestSent(user, request))))
        .thenRun((AccountState after) -> {
          wait = Intervals.ACCOUNT_RETRY;
          tell(after, user);
          // the other user has begun a conversation meanwhile
          if (ConversationList.of(after).roomsByUser().containsKey(user))
            AccountConversations.beginLater(account, user);
        })
        .thenReply(send.replyTo(), _ -> new Sent(request));
  }

  /// Removes ended requests whenever there are new ones, so that they do not accumulate.
  private List<RequestEvent> afterExpiry(AccountState state, List<RequestEvent> events) {
    var now = account.now();
    if (events.isEmpty() || !RequestBook.of(state).hasExpired(now)) return events;
    var all = new ArrayList<RequestEvent>();
    all.add(new RequestsExpired(now));
    all.addAll(events);
    return all;
  }

  private ReplyEffect<AccountEvent, AccountState> onEnd(
      AccountState state, String user, ActorRef<Answer> replyTo) {
    if (!state.isActive()) return account.refuse(replyTo, Code.DEVICE_ENDED);
    var book = RequestBook.of(state);
    var events = new ArrayList<RequestEvent>();
    if (book.sentTo(user, account.now()).isPresent()) events.add(new RequestWithdrawn(user));
    if (book.received().containsKey(user)) events.add(book.decline(user, bounds, account.now()));
    return account
        .persist(state, events)
        .thenRun((AccountState after) -> {
          if (book.sentTo(user, account.now()).isPresent()) tell(after, user);
        })
        .thenReply(replyTo, _ -> new Done());
  }

  /// A request for which there is no room is not confirmed, so its sender's account keeps it.
  private ReplyEffect<AccountEvent, AccountState> onTell(AccountState state, Tell tell) {
    var from = tell.from();
    var events = decide(state, tell);
    if (events.isEmpty()) return account.noReply();
    return account
        .persist(state, afterExpiry(state, events.get()))
        .thenRun((AccountState after) -> {
          var isWithdrawn = tell.request().isEmpty();
          account.tellAccount(from, new Told(account.user(), tell.id(), isWithdrawn));
          if (areBothAsked(after, from)) AccountConversations.beginLater(account, from);
        })
        .thenNoReply();
  }

  private Optional<List<RequestEvent>> decide(AccountState state, Tell tell) {
    if (!state.isActive()) return Optional.of(List.of());
    var book = RequestBook.of(state);
    return tell.request()
        .map(it -> book.decideReceive(tell.from(), it, dropped(state), bounds, account.now()))
        .orElseGet(() -> Optional.of(book.decideRecall(tell.from(), tell.id())));
  }

  /// Blocked users, and users with whom there is a conversation. While this account does not know
  /// yet whether the other one takes part in the conversation, it stores a request, because its
  /// next attempt to begin the conversation posts the text.
  private static Predicate<String> dropped(AccountState state) {
    var blocked = state.privacy().blocked();
    var roomsByUser = ConversationList.of(state).roomsByUser();
    return user -> blocked.contains(user) || isSettled(state, roomsByUser, user);
  }

  /// Whether there is a conversation with this user whose beginning is complete.
  private static boolean isSettled(
      AccountState state, Map<String, String> roomsByUser, String user) {
    return Optional.ofNullable(roomsByUser.get(user)).filter(state::isMember).isPresent();
  }

  private boolean areBothAsked(AccountState state, String user) {
    var book = RequestBook.of(state);
    var now = account.now();
    return book.sentTo(user, now).isPresent()
        && book.receivedFrom(user, state.privacy().blocked(), now).isPresent();
  }

  private ReplyEffect<AccountEvent, AccountState> onTold(
      AccountState state, String by, String id, boolean withdrawn) {
    var sent = RequestBook.of(state).sent().get(by);
    if (sent == null || sent.equals(sent.confirmed(id, withdrawn))) return account.noReply();
    return account
        .persist(state, List.of(new RequestTold(by, id, withdrawn)))
        // the other account may have dropped the request because of the conversation
        .thenRun((AccountState after) -> {
          if (AccountConversations.hasRequestToPost(after, account.user(), by, account.now()))
            AccountConversations.beginLater(account, by);
        })
        .thenNoReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onSettle(AccountState state) {
    var answered = answered(state, ConversationList.of(state).roomsByUser());
    var events = answered.stream().map(RequestAnswered::new).toList();
    return account.persist(state, events).thenNoReply();
  }

  /// The senders of requests that have become conversations.
  private static List<String> answered(AccountState state, Map<String, String> roomsByUser) {
    return RequestBook.of(state).received().keySet().stream()
        .filter(user -> isSettled(state, roomsByUser, user))
        .toList();
  }

  // changes of the account

  @Override
  public void recovered(AccountState state) {
    tellUnconfirmed(state);
    settle(state, ConversationList.of(state).roomsByUser());
  }

  @Override
  public void changed(AccountState before, AccountState after) {
    if (RequestBook.of(before).isEmpty() && RequestBook.of(after).isEmpty()) return;
    if (before.isActive() && !after.isActive()) tellUnconfirmed(after);
    var roomsBefore = ConversationList.of(before).roomsByUser();
    var roomsAfter = ConversationList.of(after).roomsByUser();
    settle(after, roomsAfter);
    var was = entries(before, roomsBefore.keySet());
    var is = entries(after, roomsAfter.keySet());
    var users = new HashSet<>(was.keySet());
    users.addAll(is.keySet());
    var changes =
        users.stream()
            .map(user -> is.getOrDefault(user, RequestEntry.none(user)))
            .filter(it -> !it.equals(was.getOrDefault(it.user(), RequestEntry.none(it.user()))))
            .toList();
    if (!changes.isEmpty()) account.tellLive(new Requests(changes, false));
  }

  private void settle(AccountState state, Map<String, String> roomsByUser) {
    if (!answered(state, roomsByUser).isEmpty()) account.actor().getSelf().tell(new Settle());
  }

  /// @param begun the users with whom a conversation has begun, or is being begun
  private Map<String, RequestEntry> entries(AccountState state, Set<String> begun) {
    var blocked = state.privacy().blocked();
    return RequestBook.of(state)
        .entries(user -> blocked.contains(user) || begun.contains(user), begun, account.now());
  }

  /// An account may sleep while another one has no room for its request: it tries again when it
  /// wakes.
  @Override
  public boolean isBusy() {
    return account.timers().isTimerActive(new TellAgain())
        && wait.compareTo(Intervals.RAREST_CONTACT_RETRY) <= 0;
  }

  // messages to other accounts

  private void tell(AccountState state, String user) {
    var sent = RequestBook.of(state).sent().get(user);
    if (sent == null) return;
    var request = Optional.of(sent.request()).filter(_ -> !sent.withdrawn());
    account.tellAccount(user, new Tell(account.user(), sent.request().id(), request));
    if (!account.timers().isTimerActive(new TellAgain()))
      account.timers().startSingleTimer(new TellAgain(), wait);
  }

  private void tellUnconfirmed(AccountState state) {
    RequestBook.of(state).untold(account.now()).stream()
        .limit(Portions.INTENTS)
        .forEach(user -> tell(state, user));
  }

  private ReplyEffect<AccountEvent, AccountState> onTellAgain(AccountState state) {
    wait = Intervals.doubled(wait, Intervals.RAREST_REQUEST_RETRY);
    tellUnconfirmed(state);
    return account.noReply();
  }

  // messages to sessions

  @Override
  public List<Requests> initialWords(AccountState state) {
    return Page.divide(all(state).entries(), Portions.REQUESTS).stream()
        .map(entries -> new Requests(entries, true))
        .toList();
  }

  private Requests all(AccountState state) {
    if (RequestBook.of(state).isEmpty()) return new Requests(List.of(), true);
    var begun = ConversationList.of(state).roomsByUser().keySet();
    return new Requests(List.copyOf(entries(state, begun).values()), true);
  }
}
