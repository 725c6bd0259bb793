package kith.node.core.account;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kith.node.auth.PasswordGuard;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.PasswordRules;
import kith.node.auth.Passwords;
import kith.node.auth.Passwords.Check;
import kith.node.auth.Passwords.Work;
import kith.node.auth.Secret;
import kith.node.core.account.Account.ChangePassword;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.Delete;
import kith.node.core.account.Account.LogIn;
import kith.node.core.account.Account.PasswordCommand;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Account.ResetPassword;
import kith.node.core.account.Account.SignUp;
import kith.node.core.account.AccountState.Decision;
import kith.node.core.room.Invitations;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// Sign-up, log-in and other commands with a password. Hashes are computed on other threads; the
/// result is compared with the account's state at that time.
final class AccountPasswords {

  /// The result of hashing or comparing.
  sealed interface Found extends PasswordCommand {}

  record SignUpHashed(SignUp asked, String hash) implements Found {}

  /// A sign-up for the name of an account that was made a short time ago.
  record SignUpChecked(SignUp asked, String against, Check check) implements Found {}

  record LogInChecked(LogIn asked, String against, Check check) implements Found {}

  record DeleteChecked(Delete asked, String against, Check check) implements Found {}

  /// Without `hash` the current password was wrong.
  record ReplacementHashed(ChangePassword asked, String against, Optional<String> hash)
      implements Found {}

  record ResetHashed(ResetPassword asked, String hash) implements Found {}

  record Rehashed(String against, String hash) implements Found {}

  /// A password that a part of the account asks for.
  record Confirm(
      Client client,
      Secret password,
      Consumer<Refused> refused,
      Function<AccountState, ReplyEffect<AccountEvent, AccountState>> then) {}

  record Confirmed(Confirm asked, String against, Check check) implements Found {}

  record ConfirmingFailed(Confirm asked, Throwable fault) implements Found {}

  record HashingFailed(Client client, ActorRef<? super Refused> replyTo, Throwable fault)
      implements Found {}

  private static final Refused WRONG = Refused.because(Code.WRONG_CREDENTIALS);
  private static final Refused TAKEN = Refused.because(Code.USER_NAME_TAKEN);

  /// Only a logged-in device can ask for the deletion of its account.
  private static final Client OWN = Client.device("");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String user;
  private final AccountBehavior account;
  private final ActorContext<Command> context;
  private final AccountSettings settings;
  private final Passwords passwords;
  private final Clock clock;
  private final PasswordGuard guard;

  /// The hash of the same password before it was hashed again.
  private String outdated = "";

  AccountPasswords(
      String user,
      AccountBehavior account,
      ActorContext<Command> context,
      Account.Surroundings surroundings) {
    this.user = user;
    this.account = account;
    this.context = context;
    this.settings = surroundings.settings();
    this.passwords = surroundings.passwords();
    this.clock = surroundings.clock();
    this.guard = new PasswordGuard(settings.perAccount(), settings.strangers(), clock);
  }

  /// True while wrong passwords count: a passivated account would lose them.
  boolean areCounting() {
    return guard.isCounting();
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, PasswordCommand command) {
    return switch (command) {
      case SignUp asked -> onSignUp(state, asked);
      case SignUpHashed(var asked, var hash) -> onSignUpHashed(state, asked, hash);
      case SignUpChecked(var asked, var against, var check) ->
          onSignUpChecked(state, asked, against, check);
      case LogIn asked -> limited(client(asked), asked.replyTo(), () -> check(state, asked));
      case LogInChecked(var asked, var against, var check) ->
          onLogInChecked(state, asked, against, check);
      case ChangePassword asked -> onChangePassword(state, asked);
      case ReplacementHashed(var asked, var against, var hash) ->
          onReplacementHashed(state, asked, against, hash);
      case ResetPassword asked -> onReset(state, asked);
      case ResetHashed(var asked, var hash) -> onResetHashed(state, asked, hash);
      case Delete asked -> limited(OWN, asked.replyTo(), () -> check(state, asked));
      case DeleteChecked(var asked, var against, var check) ->
          onDeleteChecked(state, asked, against, check);
      case Rehashed(var against, var hash) -> onRehashed(state, against, hash);
      case Confirmed(var asked, var against, var check) ->
          onConfirmed(state, asked, against, check);
      case ConfirmingFailed(var asked, var fault) -> {
        guard.giveBack(asked.client());
        asked.refused().accept(refusal(fault));
        yield account.noReply();
      }
      case HashingFailed(var client, var replyTo, var fault) ->
          onHashingFailed(client, replyTo, fault);
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onSignUp(AccountState state, SignUp asked) {
    if (state.standing() != AccountState.Standing.UNCLAIMED)
      return isRepeated(state, asked)
          ? limited(Client.UNNAMED, asked.replyTo(), () -> check(state, asked))
          : reply(asked.replyTo(), TAKEN);
    var refusal = PasswordRules.refusal(user, asked.password());
    if (refusal.isPresent()) return reply(asked.replyTo(), Refused.because(refusal.get()));
    return work(
        Work.STRANGER,
        () -> passwords.hash(asked.password()),
        hash -> new SignUpHashed(asked, hash),
        Client.UNNAMED,
        asked.replyTo());
  }

  private boolean isRepeated(AccountState state, SignUp asked) {
    return state.hasPassword()
        && !account.needsProof(state)
        && state.repeated(asked, settings.signUp().repeat(), now()).isPresent();
  }

  private ReplyEffect<AccountEvent, AccountState> onSignUpHashed(
      AccountState state, SignUp asked, String hash) {
    // the second of two concurrent sign-ups finds the name taken here
    if (state.standing() != AccountState.Standing.UNCLAIMED) return onSignUp(state, asked);
    return signUp(state, state.decideSignUp(hash, asked, newDevice(), now()), asked);
  }

  private ReplyEffect<AccountEvent, AccountState> signUp(
      AccountState state, Decision<Account.Admission> decision, SignUp asked) {
    if (decision.events().isEmpty()) return account.reply(asked.replyTo(), decision.reply());
    var events = Stream.concat(decision.events().stream(), account.signedUp()).toList();
    return account.carryOut(state, new Decision<>(events, decision.reply()), asked.replyTo());
  }

  /// The password shows whether it is the same client, whose answer was lost.
  private ReplyEffect<AccountEvent, AccountState> check(AccountState state, SignUp asked) {
    var against = state.passwordHash();
    return work(
        Work.STRANGER,
        () -> passwords.check(asked.password(), against),
        check -> new SignUpChecked(asked, against, check),
        Client.UNNAMED,
        asked.replyTo());
  }

  private ReplyEffect<AccountEvent, AccountState> onSignUpChecked(
      AccountState state, SignUp asked, String against, Check check) {
    compared(Client.UNNAMED, check);
    return state
        .repeated(asked, settings.signUp().repeat(), now())
        .filter(_ -> check != Check.DIFFERS && state.passwordHash().equals(against))
        .filter(_ -> !account.needsProof(state))
        .<ReplyEffect<AccountEvent, AccountState>>map(
            admitted -> account.Effect().reply(asked.replyTo(), admitted))
        .orElseGet(() -> reply(asked.replyTo(), TAKEN));
  }

  private ReplyEffect<AccountEvent, AccountState> check(AccountState state, LogIn asked) {
    var against = hashOf(state);
    return work(
        kind(state),
        () -> passwords.check(asked.password(), against),
        check -> new LogInChecked(asked, against, check),
        client(asked),
        asked.replyTo());
  }

  private ReplyEffect<AccountEvent, AccountState> onLogInChecked(
      AccountState state, LogIn asked, String against, Check check) {
    if (check == Check.DIFFERS || !hasPassword(state)) return reply(asked.replyTo(), WRONG);
    if (!state.passwordHash().equals(against)) return check(state, asked);
    compared(client(asked), check);
    // a client without the password must not learn it
    if (state.isDisabled()) return reply(asked.replyTo(), Account.DISABLED);
    if (check == Check.MATCHES_OUTDATED) rehash(asked.password(), against);
    if (account.needsProof(state))
      return account.reply(asked.replyTo(), new Account.ProofRequired(proof(against)));
    return admit(state, List.of(), asked.device(), asked.replyTo());
  }

  /// Makes the account without a password, and begins its first device.
  ReplyEffect<AccountEvent, AccountState> make(
      AccountState state, SignUp asked, List<? extends AccountEvent> further) {
    var decision = state.decideSignUp("", asked, newDevice(), now());
    if (decision.events().isEmpty()) return account.reply(asked.replyTo(), decision.reply());
    var events = Stream.concat(decision.events().stream(), further.stream()).toList();
    return signUp(state, new Decision<>(events, decision.reply()), asked);
  }

  ReplyEffect<AccountEvent, AccountState> admit(
      AccountState state,
      List<? extends AccountEvent> first,
      Account.NewDevice device,
      ActorRef<Account.Admission> replyTo) {
    if (state.isDisabled()) return reply(replyTo, Account.DISABLED);
    var decision = state.devices().decideLogIn(newDevice(), device, settings, now());
    if (decision.events().isEmpty()) return account.reply(replyTo, decision.reply());
    var events = Stream.concat(first.stream(), decision.events().stream()).toList();
    return account.carryOut(state, new Decision<>(events, decision.reply()), replyTo);
  }

  /// Reveals nothing of the password: the hash has a random salt.
  private static String proof(String hash) {
    return Invitations.hash(hash);
  }

  boolean isProof(AccountState state, String password) {
    return hasPassword(state)
        && (password.equals(proof(state.passwordHash()))
            || (!outdated.isEmpty() && password.equals(proof(outdated))));
  }

  Optional<Refused> count(Client client) {
    return guard.take(client).map(wait -> Refused.until(Code.TOO_MANY_ATTEMPTS, wait));
  }

  void giveBack(Client client) {
    guard.giveBack(client);
  }

  ReplyEffect<AccountEvent, AccountState> confirm(AccountState state, Confirm asked) {
    if (!hasPassword(state)) {
      asked.refused().accept(Refused.because(Code.NO_PASSWORD));
      return account.noReply();
    }
    var refusal = count(asked.client());
    if (refusal.isPresent()) {
      asked.refused().accept(refusal.get());
      return account.noReply();
    }
    return compare(state, asked);
  }

  private ReplyEffect<AccountEvent, AccountState> compare(AccountState state, Confirm asked) {
    var against = state.passwordHash();
    context.pipeToSelf(
        passwords.run(Work.ACCOUNT, () -> passwords.check(asked.password(), against)),
        (check, fault) ->
            fault == null
                ? new Confirmed(asked, against, check)
                : new ConfirmingFailed(asked, fault));
    return account.noReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onConfirmed(
      AccountState state, Confirm asked, String against, Check check) {
    if (check == Check.DIFFERS || !hasPassword(state)) {
      asked.refused().accept(WRONG);
      return account.noReply();
    }
    if (!state.passwordHash().equals(against)) return compare(state, asked);
    guard.giveBack(asked.client());
    return asked.then().apply(state);
  }

  private void rehash(Secret password, String against) {
    context.pipeToSelf(
        passwords.run(Work.STRANGER, () -> passwords.hash(password)),
        // a full queue leaves the old hash: the next log-in tries again
        (hash, fault) -> new Rehashed(against, fault == null ? hash : against));
  }

  private ReplyEffect<AccountEvent, AccountState> onRehashed(
      AccountState state, String against, String hash) {
    if (!state.passwordHash().equals(against) || hash.equals(against))
      return account.Effect().noReply();
    outdated = against;
    return account.persist(state, List.of(new AccountEvent.PasswordSet(hash))).thenNoReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onChangePassword(
      AccountState state, ChangePassword asked) {
    var refusal = PasswordRules.refusal(user, asked.replacement());
    if (refusal.isPresent()) return reply(asked.replyTo(), Refused.because(refusal.get()));
    return limited(client(asked), asked.replyTo(), () -> replace(state, asked));
  }

  private ReplyEffect<AccountEvent, AccountState> replace(
      AccountState state, ChangePassword asked) {
    var against = hashOf(state);
    return work(
        kind(state),
        () ->
            passwords.check(asked.current(), against) == Check.DIFFERS
                ? Optional.<String>empty()
                : Optional.of(passwords.hash(asked.replacement())),
        hash -> new ReplacementHashed(asked, against, hash),
        client(asked),
        asked.replyTo());
  }

  private ReplyEffect<AccountEvent, AccountState> onReplacementHashed(
      AccountState state, ChangePassword asked, String against, Optional<String> hash) {
    if (hash.isEmpty() || !hasPassword(state)) return reply(asked.replyTo(), WRONG);
    if (!state.passwordHash().equals(against)) return replace(state, asked);
    guard.giveBack(client(asked));
    outdated = "";
    return account.carryOut(
        state, state.decidePassword(asked.device(), hash.get(), settings, now()), asked.replyTo());
  }

  /// A code is compared without a slow hash, so an unknown name and a wrong code take the same
  /// time.
  private ReplyEffect<AccountEvent, AccountState> onReset(AccountState state, ResetPassword asked) {
    var refusal = PasswordRules.refusal(user, asked.replacement());
    if (refusal.isPresent()) return reply(asked.replyTo(), Refused.because(refusal.get()));
    return limited(
        asked.from(),
        asked.replyTo(),
        () -> {
          if (!state.isResetBy(hashOf(asked), now())) return reply(asked.replyTo(), WRONG);
          return work(
              Work.ACCOUNT,
              () -> passwords.hash(asked.replacement()),
              hash -> new ResetHashed(asked, hash),
              asked.from(),
              asked.replyTo());
        });
  }

  private ReplyEffect<AccountEvent, AccountState> onResetHashed(
      AccountState state, ResetPassword asked, String hash) {
    guard.giveBack(asked.from());
    if (state.isDisabled()) return reply(asked.replyTo(), Account.DISABLED);
    outdated = "";
    var decision = state.decideReset(hashOf(asked), hash, newDevice(), asked.device(), now());
    return account.carryOut(
        state,
        account.needsProof(state) && !decision.events().isEmpty()
            ? new Decision<>(
                // the code replaces only the password
                decision.events().stream()
                    .filter(event -> !(event instanceof AccountEvent.DeviceBegan))
                    .toList(),
                new Account.ProofRequired(proof(hash)))
            : decision,
        asked.replyTo());
  }

  /// Codes are read from a screen or a letter.
  private static String hashOf(ResetPassword asked) {
    return Invitations.hash(asked.code().text().strip().toLowerCase(Locale.ROOT));
  }

  private ReplyEffect<AccountEvent, AccountState> check(AccountState state, Delete asked) {
    var against = hashOf(state);
    return work(
        kind(state),
        () -> passwords.check(asked.password(), against),
        check -> new DeleteChecked(asked, against, check),
        OWN,
        asked.replyTo());
  }

  private ReplyEffect<AccountEvent, AccountState> onDeleteChecked(
      AccountState state, Delete asked, String against, Check check) {
    if (check == Check.DIFFERS || !hasPassword(state)) return reply(asked.replyTo(), WRONG);
    if (!state.passwordHash().equals(against)) return check(state, asked);
    compared(OWN, check);
    return account.carryOut(
        state, state.decideDelete(asked.messages().orElse(false)), asked.replyTo());
  }

  private ReplyEffect<AccountEvent, AccountState> onHashingFailed(
      Client client, ActorRef<? super Refused> replyTo, Throwable fault) {
    guard.giveBack(client);
    return reply(replyTo, refusal(fault));
  }

  private Refused refusal(Throwable fault) {
    if (cause(fault) instanceof RejectedExecutionException)
      return Refused.until(Code.UNAVAILABLE, Intervals.QUEUE_FULL);
    context.getLog().error("Hashing a password failed", fault);
    return Refused.because(Code.INTERNAL);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Client client(LogIn asked) {
    return asked.from().orElse(Client.UNNAMED);
  }

  private static Client client(ChangePassword asked) {
    return Client.device(asked.device());
  }

  /// Only wrong passwords count.
  private void compared(Client client, Check check) {
    if (check != Check.DIFFERS) guard.giveBack(client);
  }

  private ReplyEffect<AccountEvent, AccountState> limited(
      Client client,
      ActorRef<? super Refused> replyTo,
      Supplier<ReplyEffect<AccountEvent, AccountState>> attempt) {
    return guard
        .take(client)
        .map(wait -> reply(replyTo, Refused.until(Code.TOO_MANY_ATTEMPTS, wait)))
        .orElseGet(attempt);
  }

  /// Sign-ups and log-ins to unknown names cannot keep existing accounts from logging in.
  private static boolean hasPassword(AccountState state) {
    return state.hasPassword();
  }

  private static Work kind(AccountState state) {
    return hasPassword(state) ? Work.ACCOUNT : Work.STRANGER;
  }

  private <T> ReplyEffect<AccountEvent, AccountState> work(
      Work kind,
      Supplier<T> work,
      Function<T, Command> found,
      Client client,
      ActorRef<? super Refused> replyTo) {
    context.pipeToSelf(
        passwords.run(kind, work),
        (result, fault) ->
            fault == null ? found.apply(result) : new HashingFailed(client, replyTo, fault));
    return account.Effect().noReply();
  }

  private ReplyEffect<AccountEvent, AccountState> reply(
      ActorRef<? super Refused> replyTo, Refused refused) {
    return account.Effect().reply(replyTo, refused);
  }

  private String hashOf(AccountState state) {
    return hasPassword(state) ? state.passwordHash() : passwords.nobodys();
  }

  private static String newDevice() {
    var id = new byte[12];
    RANDOM.nextBytes(id);
    return "d-" + Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  private static Throwable cause(Throwable fault) {
    return fault instanceof CompletionException && fault.getCause() != null
        ? fault.getCause()
        : fault;
  }
}
