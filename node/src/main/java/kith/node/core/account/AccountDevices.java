package kith.node.core.account;

import java.util.List;
import java.util.Set;
import kith.node.core.account.Account.CheckDevice;
import kith.node.core.account.Account.DeviceAnswer;
import kith.node.core.account.Account.DeviceCommand;
import kith.node.core.account.Account.DeviceList;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.EndAllDevices;
import kith.node.core.account.Account.EndDevice;
import kith.node.core.account.Account.ListDevices;
import kith.node.core.account.Account.Refresh;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountBots.UseByRest;
import kith.node.platform.config.AccountSettings;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// Checks, renews, lists and ends the devices of an account.
final class AccountDevices {
  private final AccountBehavior account;
  private final AccountSessions sessions;
  private final AccountParts parts;
  private final UsedTokens usedTokens;
  private final AccountSettings settings;

  AccountDevices(
      AccountBehavior account,
      AccountSessions sessions,
      AccountParts parts,
      UsedTokens usedTokens,
      AccountSettings settings) {
    this.account = account;
    this.sessions = sessions;
    this.parts = parts;
    this.usedTokens = usedTokens;
    this.settings = settings;
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, DeviceCommand command) {
    return switch (command) {
      case Refresh(var _, var _, var replyTo) when state.isDisabled() ->
          account.reply(replyTo, Account.DISABLED);
      case Refresh refresh -> onRefresh(state, refresh);
      case CheckDevice check -> onCheckDevice(state, check);
      case EndDevice(var device, var why, var replyTo) -> {
        why.ifPresent(code -> sessions.end(device, code));
        var decision = state.devices().decideEnd(device, settings, account.now());
        yield account.carryOut(state, decision, replyTo);
      }
      case EndAllDevices(var replyTo) ->
          account.carryOut(state, state.devices().decideEndAll(), replyTo);
      case ListDevices(var replyTo) ->
          account.reply(
              replyTo,
              new DeviceList(state.devices().list(sessions.devices(), settings, account.now())));
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onRefresh(AccountState state, Refresh asked) {
    var decision =
        state
            .devices()
            .decideRefresh(asked.device(), asked.generation(), usedTokens, settings, account.now());
    if (decision.events().contains(new AccountEvent.DevicesEnded(Set.of(asked.device()))))
      parts.each(part -> part.tokenReused(asked.device()));
    return account.carryOut(state, decision, asked.replyTo());
  }

  private ReplyEffect<AccountEvent, AccountState> onCheckDevice(
      AccountState state, CheckDevice check) {
    if (!isAlive(state, check.device())) return account.reply(check.replyTo(), Account.NO_DEVICE);
    if (state.isDisabled()) return account.reply(check.replyTo(), Account.DISABLED);
    if (state.isBot())
      return account.askOwner(state, new UseByRest(check.device(), check.replyTo()));
    check.generation().ifPresent(it -> usedTokens.add(check.device(), it));
    return account.reply(
        check.replyTo(),
        account.whyNotUse(state).<DeviceAnswer>map(Refused::because).orElseGet(Done::new));
  }

  boolean isAlive(AccountState state, String device) {
    return state.botToken(device).isPresent()
        || state.devices().isAlive(device, settings, account.now());
  }

  /// Ends the devices that were not used for too long.
  ReplyEffect<AccountEvent, AccountState> sweep(AccountState state) {
    usedTokens.keep(state.devices().byId().keySet());
    var expired = state.devices().expired(settings, account.now());
    if (expired.isEmpty()) return account.noReply();
    return account.persist(state, List.of(new AccountEvent.DevicesEnded(expired))).thenNoReply();
  }
}
