package kith.node.core.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.ContactCommand;
import kith.node.core.account.Account.ContactsAre;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountEvent.ContactNoted;
import kith.node.core.account.AccountEvent.StanceHeard;
import kith.node.core.account.AccountEvent.StanceTaken;
import kith.node.core.account.AccountEvent.StanceTold;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.node.feature.contacts.ContactIntent;
import kith.protocol.Code;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The part of an account that has contacts: says what it wants until the other account has heard
/// it, and hears what the other wants. What follows from that is decided by [Relationship].
final class AccountContacts {

  record TellAgain() implements ContactCommand {}

  private static final Duration AGAIN = Duration.ofSeconds(3);
  private static final Duration SELDOM = Duration.ofMinutes(1);
  private static final int MOST_AT_ONCE = 100;

  private final String user;
  private final Account account;
  private final TimerScheduler<Command> timers;
  private final BiConsumer<String, Command> others;

  /// Until what was not heard is said again.
  private Duration wait = AGAIN;

  /// Among the attached sessions.
  private final Map<ActorPath, ActorRef<ContactsAre>> followers = new HashMap<>();

  AccountContacts(
      String user,
      Account account,
      TimerScheduler<Command> timers,
      Account.Surroundings surroundings) {
    this.user = user;
    this.account = account;
    this.timers = timers;
    this.others = surroundings.others();
  }

  boolean isBusy() {
    return timers.isTimerActive(new TellAgain());
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, ContactCommand command) {
    return switch (command) {
      case Account.Want want -> onWant(state, want);
      case Account.End end -> onEnd(state, end);
      case Account.Tell(var from, var stance) -> onTell(state, from, stance);
      case Account.Told(var by, var version, var stance) -> onTold(state, by, version, stance);
      case Account.AskContacts(var replyTo) -> account.Effect().reply(replyTo, all(state));
      case Account.FollowContacts(var session) -> onFollow(state, session);
      case TellAgain _ -> onTellAgain(state);
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onWant(AccountState state, Account.Want want) {
    var whom = want.user();
    var people = state.people();
    var refusal = state.isActive() ? people.whyNotWant(whom) : Optional.of(Code.DEVICE_ENDED);
    if (refusal.isPresent())
      return account.Effect().reply(want.replyTo(), Refused.because(refusal.get()));
    var events = new ArrayList<AccountEvent>();
    var bond = people.bond(whom);
    bond.wanting().ifPresent(it -> events.add(new StanceTaken(whom, it, account.now())));
    want.note()
        .map(note -> Optional.of(note).filter(it -> !it.isEmpty()))
        .filter(note -> !note.equals(bond.note()))
        .ifPresent(note -> events.add(new ContactNoted(whom, note)));
    return write(state, whom, events).thenReply(want.replyTo(), _ -> new Done());
  }

  private ReplyEffect<AccountEvent, AccountState> onEnd(AccountState state, Account.End end) {
    var whom = end.user();
    var bond = state.people().bond(whom);
    var events = new ArrayList<AccountEvent>();
    bond.ending().ifPresent(it -> events.add(new StanceTaken(whom, it, account.now())));
    if (bond.note().isPresent()) events.add(new ContactNoted(whom, Optional.empty()));
    return write(state, whom, events).thenReply(end.replyTo(), _ -> new Done());
  }

  /// The answer says how it is from here, so that a side that has missed something hears of it.
  /// What cannot be remembered is not answered, and so said again.
  private ReplyEffect<AccountEvent, AccountState> onTell(
      AccountState state, String from, ContactIntent stance) {
    if (state.isActive() && state.people().isDeafTo(from)) return account.Effect().noReply();
    return write(state, from, heard(state, from, stance))
        .thenRun((AccountState now) ->
            others.accept(
                from, new Account.Told(user, stance.version(), now.people().bond(from).mine())))
        .thenNoReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onTold(
      AccountState state, String by, long version, ContactIntent stance) {
    var events = new ArrayList<>(heard(state, by, stance));
    if (state.people().bond(by).told() < version) events.add(new StanceTold(by, version));
    return write(state, by, events).thenNoReply();
  }

  private List<AccountEvent> heard(AccountState state, String from, ContactIntent stance) {
    var people = state.people();
    return state.isActive() && people.bond(from).isNews(stance)
        ? List.of(new StanceHeard(from, stance, account.now()))
        : List.of();
  }

  private EffectBuilder<AccountEvent, AccountState> write(
      AccountState before, String whom, List<AccountEvent> events) {
    return account.Effect()
        .persist(events)
        .thenRun((AccountState now) -> {
          if (!mine(now, whom).equals(mine(before, whom))) {
            wait = AGAIN;
            tell(now, whom);
          }
          if (!before.people().acquaintance(whom).equals(now.people().acquaintance(whom)))
            changed(now, whom);
          if (!before.people().circle().equals(now.people().circle()))
            account.circleIs(now.people().circle());
        });
  }

  private static ContactIntent mine(AccountState state, String whom) {
    return state.people().bond(whom).mine();
  }

  // what the others hear

  private void tell(AccountState state, String whom) {
    others.accept(whom, new Account.Tell(user, state.people().bond(whom).mine()));
    if (!isBusy()) timers.startSingleTimer(new TellAgain(), wait);
  }

  /// What was not heard yet.
  void tell(AccountState state) {
    var untold = new ArrayList<String>();
    state
        .people()
        .all()
        .forEach((whom, bond) -> {
          if (bond.isToTell()) untold.add(whom);
        });
    // those who do not answer must not be in the way of the others for ever
    Collections.shuffle(untold);
    untold.stream().limit(MOST_AT_ONCE).forEach(whom -> tell(state, whom));
  }

  private ReplyEffect<AccountEvent, AccountState> onTellAgain(AccountState state) {
    wait = wait.compareTo(SELDOM) < 0 ? wait.multipliedBy(2) : wait;
    tell(state);
    return account.Effect().noReply();
  }

  // what the sessions hear

  private ReplyEffect<AccountEvent, AccountState> onFollow(
      AccountState state, ActorRef<ContactsAre> session) {
    if (account.isAttached(session.path())) {
      followers.put(session.path(), session);
      session.tell(all(state));
    }
    return account.Effect().noReply();
  }

  void gone(ActorPath session) {
    followers.remove(session);
  }

  private static ContactsAre all(AccountState state) {
    return new ContactsAre(
        state.people().acquaintances().filter(it -> it.kind() != Kind.NONE).toList(), true);
  }

  void changed(AccountState now, String whom) {
    var change = new ContactsAre(List.of(now.people().acquaintance(whom)), false);
    followers.values().forEach(session -> session.tell(change));
  }
}
