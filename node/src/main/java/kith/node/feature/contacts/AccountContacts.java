package kith.node.feature.contacts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Done;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.node.core.account.Page;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.node.feature.contacts.ContactEvent.ContactNoted;
import kith.node.feature.contacts.ContactEvent.StanceTaken;
import kith.node.feature.contacts.ContactEvent.StanceTold;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The contacts of an account: sends its intents to other accounts until they confirm them, and
/// receives theirs. [Relationship] derives the relationship from the two.
public final class AccountContacts implements AccountPart<AccountContacts.Command> {

  public sealed interface Command extends Account.PartCommand {}

  /// Asks a user to be a contact, or accepts. The `note` is private.
  public record Want(String user, Optional<String> note, ActorRef<Answer> replyTo)
      implements Command {}

  /// Takes back a request, declines one, or ends a contact.
  public record End(String user, ActorRef<Answer> replyTo) implements Command {}

  /// One account sends another its intent. Repeated until it is confirmed.
  public record Tell(String from, ContactIntent stance) implements Command {}

  /// The answer to `Tell`: confirms the intent of `version` and contains the intent of `by`.
  public record Told(String by, long version, ContactIntent stance) implements Command {}

  public record Ask(ActorRef<Contacts> replyTo) implements Command {}

  record TellAgain() implements Command {}

  /// All contacts and requests in pages, or only the changed ones. Sent to all sessions.
  public record Contacts(List<ContactEntry> people, boolean whole) implements Account.PartWord {
    public Contacts {
      people = List.copyOf(people);
    }
  }

  private final AccountHost account;
  private final ContactSettings bounds;

  /// The time until unconfirmed intents are sent again.
  private Duration wait = Intervals.ACCOUNT_RETRY;

  private AccountContacts(AccountHost account, ContactSettings bounds) {
    this.account = account;
    this.bounds = bounds;
  }

  public static AccountPart.Factory<Command> part(ContactSettings bounds) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountContacts(account, bounds));
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case Want want -> onWant(state, want);
      case End end -> onEnd(state, end);
      case Tell(var from, var intent) -> onTell(state, from, intent);
      case Told(var by, var version, var intent) -> onTold(state, by, version, intent);
      case Ask(var replyTo) -> account.reply(replyTo, all(state));
      case TellAgain _ -> onTellAgain(state);
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onWant(AccountState state, Want want) {
    var user = want.user();
    var book = ContactBook.of(state);
    var refusal = state.isActive() ? book.whyNotWant(user, bounds) : Optional.of(Code.DEVICE_ENDED);
    if (refusal.isPresent()) return account.refuse(want.replyTo(), refusal.get());
    var events = new ArrayList<ContactEvent>();
    var before = book.with(user);
    before.wanting().ifPresent(it -> events.add(new StanceTaken(user, it, account.now())));
    want.note()
        .map(note -> Optional.of(note).filter(it -> !it.isEmpty()))
        .filter(note -> !note.equals(before.note()))
        .ifPresent(note -> events.add(new ContactNoted(user, note)));
    return persist(state, user, events).thenReply(want.replyTo(), _ -> new Done());
  }

  private ReplyEffect<AccountEvent, AccountState> onEnd(AccountState state, End end) {
    var user = end.user();
    var before = ContactBook.of(state).with(user);
    var events = new ArrayList<ContactEvent>();
    before.ending().ifPresent(it -> events.add(new StanceTaken(user, it, account.now())));
    if (before.note().isPresent()) events.add(new ContactNoted(user, Optional.empty()));
    return persist(state, user, events).thenReply(end.replyTo(), _ -> new Done());
  }

  /// The answer contains this account's intent, in case the other account has missed it. An intent
  /// that cannot be stored is not answered, so the other account sends it again.
  private ReplyEffect<AccountEvent, AccountState> onTell(
      AccountState state, String from, ContactIntent intent) {
    var events = heard(state, from, intent);
    if (events.isEmpty()) return account.noReply();
    return persist(state, from, events.get())
        .thenRun((AccountState now) ->
            account.tellAccount(from, new Told(account.user(), intent.version(), mine(now, from))))
        .thenNoReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onTold(
      AccountState state, String by, long version, ContactIntent intent) {
    var events = new ArrayList<ContactEvent>(heard(state, by, intent).orElse(List.of()));
    if (ContactBook.of(state).with(by).told() < version) events.add(new StanceTold(by, version));
    return persist(state, by, events).thenNoReply();
  }

  private Optional<List<ContactEvent>> heard(
      AccountState state, String from, ContactIntent intent) {
    return state.isActive()
        ? ContactBook.of(state)
            .decideHeard(from, intent, account.now(), state.privacy().blocked(), bounds)
        : Optional.of(List.of());
  }

  private EffectBuilder<AccountEvent, AccountState> persist(
      AccountState before, String user, List<ContactEvent> events) {
    return account
        .persist(before, events)
        .thenRun((AccountState now) -> {
          if (!mine(now, user).equals(mine(before, user))) {
            wait = Intervals.ACCOUNT_RETRY;
            sendIntent(now, user);
          }
          if (!entry(before, user).equals(entry(now, user))) sendChange(now, user);
        });
  }

  private static ContactIntent mine(AccountState state, String user) {
    return ContactBook.of(state).with(user).mine();
  }

  private static ContactEntry entry(AccountState state, String user) {
    return ContactBook.of(state).entry(user, state.privacy().blocked());
  }

  // changes of the account

  @Override
  public void recovered(AccountState state) {
    sendUnconfirmed(state);
  }

  @Override
  public void changed(AccountState before, AccountState after) {
    if (before.isActive() && !after.isActive()) sendUnconfirmed(after);
    if (before.privacy().equals(after.privacy())) return;
    var users = new HashSet<>(before.privacy().blocked());
    users.addAll(after.privacy().blocked());
    for (var user : users)
      if (!entry(before, user).equals(entry(after, user))) sendChange(after, user);
  }

  @Override
  public boolean isBusy() {
    return account.timers().isTimerActive(new TellAgain());
  }

  // messages to other accounts

  private void sendIntent(AccountState state, String user) {
    account.tellAccount(user, new Tell(account.user(), mine(state, user)));
    if (!isBusy()) account.timers().startSingleTimer(new TellAgain(), wait);
  }

  private void sendUnconfirmed(AccountState state) {
    var unconfirmed = new ArrayList<String>();
    ContactBook.of(state)
        .byUser()
        .forEach((user, it) -> {
          if (it.isToTell()) unconfirmed.add(user);
        });
    // accounts that do not answer must not block the others forever
    Collections.shuffle(unconfirmed);
    unconfirmed.stream().limit(Portions.INTENTS).forEach(user -> sendIntent(state, user));
  }

  private ReplyEffect<AccountEvent, AccountState> onTellAgain(AccountState state) {
    wait = Intervals.doubled(wait, Intervals.RAREST_CONTACT_RETRY);
    sendUnconfirmed(state);
    return account.noReply();
  }

  // messages to sessions

  @Override
  public List<Contacts> initialWords(AccountState state) {
    return Page.divide(all(state).people(), Portions.CONTACTS).stream()
        .map(people -> new Contacts(people, true))
        .toList();
  }

  private static Contacts all(AccountState state) {
    var entries = ContactBook.of(state).entries(state.privacy().blocked());
    return new Contacts(entries.filter(it -> it.kind() != Kind.NONE).toList(), true);
  }

  private void sendChange(AccountState now, String user) {
    var change = new Contacts(List.of(entry(now, user)), false);
    account.tellSessions(change);
  }
}
