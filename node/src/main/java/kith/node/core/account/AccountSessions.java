package kith.node.core.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kith.node.core.account.Account.Attach;
import kith.node.core.account.Account.AttachRefused;
import kith.node.core.account.Account.AttachReply;
import kith.node.core.account.Account.Attached;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.DeviceEnded;
import kith.node.core.account.Account.SessionCommand;
import kith.node.platform.config.Portions;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// Attaches and notifies the sessions of an account's devices.
final class AccountSessions {

  record Gone(ActorRef<DeviceEnded> session) implements SessionCommand {}

  private static final DeviceEnded DEVICE_ENDED =
      new DeviceEnded(Code.DEVICE_ENDED, "This device was logged out.");

  private final AccountBehavior account;
  private final ActorContext<Command> context;
  private final AccountParts parts;
  private final UsedTokens usedTokens;
  private final int most;
  private final Map<ActorRef<DeviceEnded>, Attach> attached = new HashMap<>();

  AccountSessions(
      AccountBehavior account,
      ActorContext<Command> context,
      AccountParts parts,
      UsedTokens usedTokens,
      int most) {
    this.account = account;
    this.context = context;
    this.parts = parts;
    this.usedTokens = usedTokens;
    this.most = most;
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, SessionCommand command) {
    return switch (command) {
      case Attach attach -> onAttach(state, attach);
      case Gone(var session) -> onGone(session);
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onAttach(AccountState state, Attach attach) {
    if (!account.isAlive(state, attach.device()))
      return account.Effect().reply(attach.replyTo(), new AttachRefused(Code.DEVICE_ENDED));
    if (state.isDisabled())
      return account.Effect().reply(attach.replyTo(), new AttachRefused(Code.ACCOUNT_DISABLED));
    if (state.isBot()) return account.askOwner(state, new AccountBots.UseBySocket(attach));
    var refusal = account.whyNotUse(state);
    return refusal.isPresent()
        ? account.Effect().reply(attach.replyTo(), new AttachRefused(refusal.get()))
        : attach(state, attach);
  }

  /// The account admits the session.
  ReplyEffect<AccountEvent, AccountState> attach(AccountState state, Attach attach) {
    if (!account.isAlive(state, attach.device()))
      return account.Effect().reply(attach.replyTo(), new AttachRefused(Code.DEVICE_ENDED));
    attach.generation().ifPresent(it -> usedTokens.add(attach.device(), it));
    var known = attached.containsKey(attach.session());
    if (!known && attached.size() >= most)
      return account.Effect().reply(attach.replyTo(), new AttachRefused(Code.TOO_MANY_CONNECTIONS));
    context.watchWith(attach.session(), new Gone(attach.session()));
    attached.put(attach.session(), attach);
    answer(state, attach.device()).forEach(attach.replyTo()::tell);
    if (attach.live()) parts.each(part -> part.attached(state, attach.replyTo()));
    return account.used(state, attach.device()).thenNoReply();
  }

  private List<Attached> answer(AccountState state, String device) {
    var rooms = Page.divide(state.rooms().sorted(), Portions.ROOMS);
    var initialWords = parts.initialWords(state);
    var policy = state.relations().policy();
    var longest = initialWords.stream().mapToInt(List::size).reduce(rooms.size(), Math::max);
    return Page.upTo(longest).stream()
        .map(page ->
            new Attached(
                page,
                context.getSelf(),
                policy,
                page.of(rooms),
                page.of(rooms).stream().filter(state::isHidden).collect(Collectors.toSet()),
                initialWords.stream()
                    .filter(words -> words.size() >= page.number())
                    .map(words -> words.get(page.number() - 1))
                    .toList(),
                state.botToken(device).map(BotAccount.Token::grant)))
        .toList();
  }

  private ReplyEffect<AccountEvent, AccountState> onGone(ActorRef<DeviceEnded> session) {
    attached.remove(session);
    return account.noReply();
  }

  void tell(AttachReply word) {
    attached.values().forEach(it -> it.replyTo().tell(word));
  }

  void tellLive(AttachReply word) {
    attached.values().stream().filter(Attach::live).forEach(it -> it.replyTo().tell(word));
  }

  boolean isEmpty() {
    return attached.isEmpty();
  }

  Set<String> devices() {
    return attached.values().stream().map(Attach::device).collect(Collectors.toSet());
  }

  /// Keeps the sessions of these devices and ends the others.
  void keep(Set<String> devices) {
    attached
        .values()
        .removeIf(it -> !devices.contains(it.device()) && end(it.session(), DEVICE_ENDED));
  }

  void endAll(Code reason) {
    var ended = new DeviceEnded(reason, reason.sentence());
    attached.values().removeIf(it -> end(it.session(), ended));
  }

  void end(String device, Code reason) {
    var ended = new DeviceEnded(reason, reason.sentence());
    attached.values().removeIf(it -> it.device().equals(device) && end(it.session(), ended));
  }

  private boolean end(ActorRef<DeviceEnded> session, DeviceEnded ended) {
    context.unwatch(session);
    session.tell(ended);
    return true;
  }
}
