package kith.node.core.account;

import java.util.List;
import java.util.Optional;
import kith.node.core.account.Account.AskServerRole;
import kith.node.core.account.Account.Attach;
import kith.node.core.account.Account.AttachRefused;
import kith.node.core.account.Account.BotCommand;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.DeviceAnswer;
import kith.node.core.account.Account.Granted;
import kith.node.core.account.Account.OfBot;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.Account.ServerRoleAnswer;
import kith.node.core.room.BotOwner;
import kith.node.platform.config.AccountSettings;
import kith.node.platform.config.Intervals;
import kith.protocol.Code;
import kith.protocol.ServerRole;
import org.apache.pekko.actor.NotInfluenceReceiveTimeout;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// A bot: the acts of its owner on it, and its own uses, which wait until the owner's account has
/// answered.
final class AccountBots {

  /// A command of a bot that waits until its owner's account has answered.
  sealed interface BotUse {}

  record UseByRest(String device, ActorRef<DeviceAnswer> replyTo) implements BotUse {}

  record UseBySocket(Attach attach) implements BotUse {}

  /// Concerns sessions that are already open.
  record KeepSessions() implements BotUse {}

  /// @param owner absent if its account did not answer
  record OwnerAnswered(BotUse use, Optional<ServerRoleAnswer> owner) implements BotCommand {}

  record CheckOwner() implements BotCommand, NotInfluenceReceiveTimeout {}

  private static final ServerRoleAnswer SERVER =
      new ServerRoleAnswer(true, ServerRole.MEMBER, false, Optional.empty());

  private final AccountBehavior account;
  private final AccountSessions sessions;
  private final AccountSettings settings;

  AccountBots(AccountBehavior account, AccountSessions sessions, AccountSettings settings) {
    this.account = account;
    this.sessions = sessions;
    this.settings = settings;
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, BotCommand command) {
    return switch (command) {
      case OfBot(var owner, var act, var replyTo) ->
          account.carryOut(
              state,
              state.decide(owner, act, settings.devicesPerAccount(), account.now()),
              replyTo);
      case OwnerAnswered(var use, var owner) -> onOwner(state, use, owner);
      case CheckOwner() -> onCheckOwner(state);
    };
  }

  /// A bot's rights end with its owner, so each use asks the owner's account. Bots of the server
  /// have no owner's account: administrators delete them.
  ReplyEffect<AccountEvent, AccountState> askOwner(AccountState bot, BotUse use) {
    if (bot.botOwner().filter(BotOwner::isServer).isPresent())
      return onOwner(bot, use, Optional.of(SERVER));
    account
        .actor()
        .ask(
            ServerRoleAnswer.class,
            ownerOf(bot),
            Intervals.ACCOUNT_ANSWER,
            AskServerRole::new,
            (answer, fault) ->
                new OwnerAnswered(use, fault == null ? Optional.of(answer) : Optional.empty()));
    return account.noReply();
  }

  private RecipientRef<Command> ownerOf(AccountState bot) {
    return ClusterSharding.get(account.actor().getSystem())
        .entityRefFor(Account.KEY, bot.botOwner().orElseThrow());
  }

  private ReplyEffect<AccountEvent, AccountState> onCheckOwner(AccountState state) {
    return state.isBot() && !sessions.isEmpty()
        ? askOwner(state, new KeepSessions())
        : account.noReply();
  }

  private ReplyEffect<AccountEvent, AccountState> onOwner(
      AccountState state, BotUse use, Optional<ServerRoleAnswer> owner) {
    if (owner.isPresent() && !owner.get().exists() && state.isBot()) {
      sessions.endAll(Code.DEVICE_ENDED);
      refuse(use, Code.DEVICE_ENDED);
      return account.persist(state, state.decideDelete(false).events()).thenNoReply();
    }
    var refusal =
        owner.isEmpty()
            ? Optional.of(Code.UNAVAILABLE)
            : owner.get().disabled() ? Optional.of(Code.ACCOUNT_DISABLED) : Optional.<Code>empty();
    return switch (use) {
      case KeepSessions() -> {
        if (refusal.equals(Optional.of(Code.ACCOUNT_DISABLED)))
          sessions.endAll(Code.ACCOUNT_DISABLED);
        yield account.noReply();
      }
      case BotUse waiting when refusal.isPresent() -> {
        refuse(waiting, refusal.get());
        yield account.noReply();
      }
      case UseBySocket(var attach) -> sessions.attach(state, attach);
      case UseByRest(var device, var replyTo) ->
          state
              .botToken(device)
              .map(token -> used(state, device).thenReply(replyTo, _ -> new Granted(token.grant())))
              .orElseGet(() -> account.reply(replyTo, Account.NO_DEVICE));
    };
  }

  private static void refuse(BotUse use, Code code) {
    switch (use) {
      case UseByRest(var _, var replyTo) -> replyTo.tell(Refused.because(code));
      case UseBySocket(var attach) -> attach.replyTo().tell(new AttachRefused(code));
      case KeepSessions() -> {}
    }
  }

  /// Stores the use of a token, at most once an hour.
  EffectBuilder<AccountEvent, AccountState> used(AccountState state, String device) {
    var at = account.now();
    var isNew =
        state
            .botToken(device)
            .filter(token ->
                token
                    .lastUsed()
                    .map(last -> last.plus(Intervals.TOKEN_USE).isBefore(at))
                    .orElse(true))
            .isPresent();
    return account.persist(
        state, isNew ? List.of(new AccountEvent.BotTokenUsed(device, at)) : List.of());
  }

  void watchOwner() {
    account.timers().startTimerWithFixedDelay(new CheckOwner(), Intervals.BOT_OWNER);
  }
}
