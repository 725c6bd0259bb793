package kith.node.feature.secondfactor;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import kith.node.auth.PasswordGuard.Client;
import kith.node.auth.Secret;
import kith.node.auth.ServerAct;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Admission;
import kith.node.core.account.Account.NewDevice;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.node.core.room.Rooms;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.SignInIntervals;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.Code;
import kith.protocol.ServerRole;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// Sets up, asks for and removes the second factor of an account. Wrong codes count like wrong
/// passwords, and a code is accepted once: the account is the only one that compares them.
public final class AccountSecondFactor implements AccountPart<AccountSecondFactor.Command> {

  public sealed interface Command extends Account.PartCommand {}

  record Look(ActorRef<Reply> replyTo) implements Command {}

  /// Makes a secret, which a first code has to confirm.
  record Begin(Secret password, Client from, ActorRef<Reply> replyTo) implements Command {}

  record TurnOn(Secret code, Client from, ActorRef<Reply> replyTo) implements Command {}

  /// Makes new recovery codes.
  record Renew(Secret password, Secret code, Client from, ActorRef<Reply> replyTo)
      implements Command {}

  record TurnOff(Secret password, Secret code, Client from, ActorRef<Reply> replyTo)
      implements Command {}

  /// Completes a log-in whose password was right.
  ///
  /// @param password of [Account.ProofRequired]
  record LogIn(
      String password, Secret code, NewDevice device, Client from, ActorRef<Admission> replyTo)
      implements Command {}

  /// An administrator removes it.
  record Reset(ServerRole by, ActorRef<Account.Answer> replyTo) implements Command {}

  /// The secret of the factor was read.
  private record Found(Optional<byte[]> secret, Work work) implements Command {}

  /// The secret of a factor that is being set up was stored.
  private record Stored(String id, byte[] secret, ActorRef<Reply> replyTo) implements Command {}

  private record Failed(Runnable answer) implements Command {}

  sealed interface Reply extends CborSerializable {}

  /// @param required the server requires it of this account
  record Standing(boolean on, Optional<Instant> since, int recoveryCodes, boolean required)
      implements Reply {}

  /// @param secret for the app, in Base32
  record Begun(String secret) implements Reply {
    @Override
    public String toString() {
      return "a new second factor";
    }
  }

  record Codes(List<String> codes) implements Reply {
    public Codes {
      codes = List.copyOf(codes);
    }

    @Override
    public String toString() {
      return "recovery codes";
    }
  }

  record Done() implements Reply {}

  record No(Refused refused) implements Reply {}

  /// The action with the secret, if it was found, and the account's state at that time.
  private interface Work
      extends BiFunction<AccountState, Optional<byte[]>, ReplyEffect<AccountEvent, AccountState>> {}

  /// The action after a right code, which the event uses up.
  private interface Proved
      extends BiFunction<
          AccountState, SecondFactorEvent, ReplyEffect<AccountEvent, AccountState>> {}

  private static final SecureRandom RANDOM = new SecureRandom();

  private final AccountHost account;
  private final FactorSecrets secrets;
  private final AccountSettings.SecondFactor policy;

  private AccountSecondFactor(
      AccountHost account, FactorSecrets secrets, AccountSettings.SecondFactor policy) {
    this.account = account;
    this.secrets = secrets;
    this.policy = policy;
  }

  static AccountPart.Factory<Command> part(
      FactorSecrets secrets, AccountSettings.SecondFactor policy) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountSecondFactor(account, secrets, policy));
  }

  @Override
  public boolean needsProof(AccountState state) {
    return state.hasPassword() && SecondFactor.of(state).isOn();
  }

  @Override
  public Optional<Code> whyNotUse(AccountState state) {
    return isRequired(state) && !SecondFactor.of(state).isOn()
        ? Optional.of(Code.SECOND_FACTOR_SETUP_REQUIRED)
        : Optional.empty();
  }

  private boolean isRequired(AccountState state) {
    return state.hasPassword()
        && switch (policy) {
          case OPTIONAL -> false;
          case ADMINISTRATORS -> ServerAct.mayDo(state.serverRole(), ServerAct.READ_ACCOUNTS);
          case REQUIRED -> true;
        };
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case Look(var replyTo) -> account.reply(replyTo, standing(state));
      case Begin asked -> onBegin(state, asked);
      case Stored(var id, var secret, var replyTo) -> onStored(state, id, secret, replyTo);
      case TurnOn asked -> onTurnOn(state, asked);
      case Renew asked -> onRenew(state, asked);
      case TurnOff asked -> onTurnOff(state, asked);
      case LogIn asked -> onLogIn(state, asked);
      case Reset(var by, var replyTo) -> onReset(state, by, replyTo);
      case Found(var secret, var work) -> work.apply(state, secret);
      case Failed(var answer) -> {
        answer.run();
        yield account.noReply();
      }
    };
  }

  private Standing standing(AccountState state) {
    var factor = SecondFactor.of(state);
    return new Standing(
        factor.isOn(),
        factor.active().map(SecondFactor.Active::since),
        factor.recoveryHashes().size(),
        isRequired(state));
  }

  private ReplyEffect<AccountEvent, AccountState> onBegin(AccountState state, Begin asked) {
    return account.afterPassword(
        state,
        asked.from(),
        asked.password(),
        refusing(asked.replyTo()),
        now -> {
          if (SecondFactor.of(now).isOn()) return no(asked.replyTo(), Code.SECOND_FACTOR_ON);
          var id = Rooms.newId();
          var secret = new byte[Totp.SECRET_BYTES];
          RANDOM.nextBytes(secret);
          account
              .actor()
              .pipeToSelf(
                  secrets.add(account.user(), id, secret),
                  (_, fault) ->
                      fault == null
                          ? new Stored(id, secret, asked.replyTo())
                          : new Failed(
                              () -> refusing(asked.replyTo()).accept(Refused.UNAVAILABLE)));
          return account.noReply();
        });
  }

  /// The user gets the secret only after it is stored safely.
  private ReplyEffect<AccountEvent, AccountState> onStored(
      AccountState state, String id, byte[] secret, ActorRef<Reply> replyTo) {
    if (SecondFactor.of(state).isOn()) return no(replyTo, Code.SECOND_FACTOR_ON);
    return account
        .persist(state, List.of(new SecondFactorEvent.Prepared(id, account.now())))
        .thenRun((AccountState _) -> secrets.keepOnly(account.user(), Optional.of(id)))
        .thenReply(replyTo, _ -> new Begun(Totp.base32(secret)));
  }

  private ReplyEffect<AccountEvent, AccountState> onTurnOn(AccountState state, TurnOn asked) {
    var factor = SecondFactor.of(state);
    if (factor.isOn()) return no(asked.replyTo(), Code.SECOND_FACTOR_ON);
    var id = factor.confirmable(SignInIntervals.FACTOR_SETUP, account.now());
    if (id.isEmpty()) return no(asked.replyTo(), Code.SECOND_FACTOR_OFF);
    return compared(
        id.get(),
        asked.from(),
        refusing(asked.replyTo()),
        (now, secret) -> turnOn(now, asked, id, secret));
  }

  private ReplyEffect<AccountEvent, AccountState> turnOn(
      AccountState state, TurnOn asked, Optional<String> id, Optional<byte[]> secret) {
    var factor = SecondFactor.of(state);
    if (factor.isOn()) return no(asked.replyTo(), Code.SECOND_FACTOR_ON);
    if (!factor.confirmable(SignInIntervals.FACTOR_SETUP, account.now()).equals(id))
      return no(asked.replyTo(), Code.SECOND_FACTOR_OFF);
    var code = SecondFactor.normal(asked.code().text());
    var step = secret.map(it -> Totp.step(it, code, 0, account.now()));
    if (step.isEmpty() || step.get().isEmpty()) return no(asked.replyTo(), Code.WRONG_CODE);
    account.giveBack(asked.from());
    var codes = RecoveryCodes.create();
    return account
        .persist(
            state,
            List.of(
                new SecondFactorEvent.TurnedOn(
                    id.orElseThrow(),
                    account.now(),
                    step.get().getAsLong(),
                    RecoveryCodes.hashes(codes))))
        .thenReply(asked.replyTo(), _ -> new Codes(codes));
  }

  private ReplyEffect<AccountEvent, AccountState> onRenew(AccountState state, Renew asked) {
    return proved(
        state,
        asked.password(),
        asked.code(),
        asked.from(),
        refusing(asked.replyTo()),
        (now, used) -> {
          var codes = RecoveryCodes.create();
          var made = new SecondFactorEvent.RecoveryCodesMade(RecoveryCodes.hashes(codes));
          return account
              .persist(now, List.of(used, made))
              .thenReply(asked.replyTo(), _ -> new Codes(codes));
        });
  }

  private ReplyEffect<AccountEvent, AccountState> onTurnOff(AccountState state, TurnOff asked) {
    return proved(
        state,
        asked.password(),
        asked.code(),
        asked.from(),
        refusing(asked.replyTo()),
        (now, _) -> turnedOff(now).thenReply(asked.replyTo(), _ -> new Done()));
  }

  private ReplyEffect<AccountEvent, AccountState> onLogIn(AccountState state, LogIn asked) {
    if (!account.isProof(state, asked.password()))
      return account.refuse(asked.replyTo(), Code.TICKET_EXPIRED);
    // it was turned off meanwhile
    if (!needsProof(state)) return account.admit(state, List.of(), asked.device(), asked.replyTo());
    return proved(
        state,
        asked.code(),
        asked.from(),
        asked.replyTo()::tell,
        (now, used) ->
            account.isProof(now, asked.password())
                ? account.admit(now, List.of(used), asked.device(), asked.replyTo())
                : account.refuse(asked.replyTo(), Code.TICKET_EXPIRED));
  }

  private ReplyEffect<AccountEvent, AccountState> onReset(
      AccountState state, ServerRole by, ActorRef<Account.Answer> replyTo) {
    if (!state.isActive()) return account.refuse(replyTo, Code.UNKNOWN_USER);
    if (!state.isUnder(by, ServerAct.RESET_SECOND_FACTORS))
      return account.refuse(replyTo, Code.NOT_ALLOWED);
    if (!SecondFactor.of(state).isOn()) return account.reply(replyTo, new Account.Done());
    return turnedOff(state).thenReply(replyTo, _ -> new Account.Done());
  }

  private EffectBuilder<AccountEvent, AccountState> turnedOff(AccountState state) {
    return account
        .persist(state, List.of(new SecondFactorEvent.TurnedOff()))
        .thenRun((AccountState _) -> secrets.keepOnly(account.user(), Optional.empty()));
  }

  /// Continues after the right password and a right code.
  private ReplyEffect<AccountEvent, AccountState> proved(
      AccountState state,
      Secret password,
      Secret code,
      Client from,
      Consumer<Refused> refused,
      Proved then) {
    return account.afterPassword(
        state, from, password, refused, now -> proved(now, code, from, refused, then));
  }

  private ReplyEffect<AccountEvent, AccountState> proved(
      AccountState state, Secret code, Client from, Consumer<Refused> refused, Proved then) {
    var active = SecondFactor.of(state).active();
    if (active.isEmpty()) {
      refused.accept(Refused.because(Code.SECOND_FACTOR_OFF));
      return account.noReply();
    }
    return compared(
        active.get().id(),
        from,
        refused,
        (now, secret) -> {
          var factor = SecondFactor.of(now);
          var used =
              factor.active().equals(active)
                  ? factor.use(code.text(), secret, account.now())
                  : Optional.<SecondFactorEvent>empty();
          if (used.isEmpty()) {
            refused.accept(Refused.because(Code.WRONG_CODE));
            return account.noReply();
          }
          account.giveBack(from);
          return then.apply(now, used.get());
        });
  }

  /// Counts an attempt and reads the secret. Only `work` can tell whether the attempt was right.
  private ReplyEffect<AccountEvent, AccountState> compared(
      String id, Client from, Consumer<Refused> refused, Work work) {
    var refusal = account.count(from);
    if (refusal.isPresent()) {
      refused.accept(refusal.get());
      return account.noReply();
    }
    account
        .actor()
        .pipeToSelf(
            secrets.find(account.user(), id),
            (secret, fault) ->
                fault == null
                    ? new Found(secret, work)
                    : new Failed(() -> {
                      account.giveBack(from);
                      refused.accept(Refused.UNAVAILABLE);
                    }));
    return account.noReply();
  }

  private static Consumer<Refused> refusing(ActorRef<Reply> replyTo) {
    return refused -> replyTo.tell(new No(refused));
  }

  private ReplyEffect<AccountEvent, AccountState> no(ActorRef<Reply> replyTo, Code code) {
    return account.reply(replyTo, new No(Refused.because(code)));
  }
}
