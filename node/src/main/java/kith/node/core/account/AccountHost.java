package kith.node.core.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Memberships.Outcome;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The operations of an account that its [AccountPart]s may use.
public interface AccountHost {
  /// The canonical user name.
  String user();

  ActorContext<Account.Command> actor();

  TimerScheduler<Account.Command> timers();

  /// The current time, in milliseconds.
  Instant now();

  /// The number of events in its journal.
  long seq();

  /// Sends a message to all attached sessions.
  void tellSessions(Account.PartWord word);

  /// True if a session is attached.
  boolean hasSessions();

  /// Sends a message to the attached sessions whose clients have asked for live views.
  void tellLive(Account.PartWord word);

  void tellAccount(String user, Account.Command command);

  /// Counts an attempt to guess a secret of the account, like a wrong password; or refuses it.
  Optional<Refused> count(Client client);

  /// The attempt was right, or was not compared.
  void giveBack(Client client);

  /// Checks the password of the account, within the limits of wrong ones, and continues with the
  /// state at that time. Without a right password it runs `refused` only.
  ReplyEffect<AccountEvent, AccountState> afterPassword(
      AccountState state,
      Client client,
      Secret password,
      Consumer<Refused> refused,
      Function<AccountState, ReplyEffect<AccountEvent, AccountState>> then);

  /// True if this is the proof that [Account.ProofRequired] describes: the current password.
  boolean isProof(AccountState state, String password);

  /// Makes the account of this name without a password, and begins its first device. Persists
  /// `further` with it. Refused if the name is taken.
  ReplyEffect<AccountEvent, AccountState> make(
      AccountState state, Account.SignUp asked, List<? extends AccountEvent> further);

  /// Begins a device for a client that has proved to be the user. Persists `first` with it.
  ReplyEffect<AccountEvent, AccountState> admit(
      AccountState state,
      List<? extends AccountEvent> first,
      NewDevice device,
      ActorRef<Admission> replyTo);

  ReplyEffect<AccountEvent, AccountState> noReply();

  <R> ReplyEffect<AccountEvent, AccountState> reply(ActorRef<? super R> replyTo, R reply);

  ReplyEffect<AccountEvent, AccountState> refuse(ActorRef<? super Refused> replyTo, Code code);

  /// Persists the events, if there are any, and notifies all parts of the change.
  EffectBuilder<AccountEvent, AccountState> persist(
      AccountState before, List<? extends AccountEvent> events);

  /// Asks a room to take the account as a member: persists the intent with `first`, then asks, and
  /// persists the room's answer and replies with it. After a crash `lookUp` finds the outcome. For
  /// a [Account.PartRoomRequest] only: one question at a time is open about each room.
  ReplyEffect<AccountEvent, AccountState> enter(
      AccountState state,
      List<? extends AccountEvent> first,
      String room,
      ActorRef<Answer> replyTo,
      Supplier<CompletionStage<Outcome>> question);
}
