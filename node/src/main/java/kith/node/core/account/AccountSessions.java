package kith.node.core.account;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kith.node.core.account.Account.Attach;
import kith.node.core.account.Account.AttachRefused;
import kith.node.core.account.Account.AttachReply;
import kith.node.core.account.Account.Attached;
import kith.node.core.account.Account.Command;
import kith.node.core.account.Account.DeviceEnded;
import kith.node.core.account.Account.SessionCommand;
import kith.protocol.Code;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// Attaches and notifies the sessions of an account's devices.
final class AccountSessions {

  record Gone(ActorRef<DeviceEnded> session) implements SessionCommand {}

  private static final DeviceEnded DEVICE_ENDED =
      new DeviceEnded(Code.DEVICE_ENDED, "This device was logged out.");

  private final Account account;
  private final ActorContext<Command> context;
  private final AccountParts parts;
  private final int most;
  private final Map<ActorRef<DeviceEnded>, Attach> attached = new HashMap<>();

  AccountSessions(Account account, ActorContext<Command> context, AccountParts parts, int most) {
    this.account = account;
    this.context = context;
    this.parts = parts;
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
    var known = attached.containsKey(attach.session());
    if (!known && attached.size() >= most)
      return account.Effect().reply(attach.replyTo(), new AttachRefused(Code.TOO_MANY_CONNECTIONS));
    context.watchWith(attach.session(), new Gone(attach.session()));
    attached.put(attach.session(), attach);
    return account.Effect()
        .reply(
            attach.replyTo(),
            new Attached(
                context.getSelf(),
                state.shownRooms(),
                Optional.of(state.relations()),
                parts.attached(state)));
  }

  private ReplyEffect<AccountEvent, AccountState> onGone(ActorRef<DeviceEnded> session) {
    attached.remove(session);
    parts.each(part -> part.sessionGone(session.path()));
    return account.Effect().noReply();
  }

  void tell(AttachReply word) {
    attached.values().forEach(it -> it.replyTo().tell(word));
  }

  boolean isEmpty() {
    return attached.isEmpty();
  }

  boolean has(ActorPath session) {
    return attached.keySet().stream().anyMatch(it -> it.path().equals(session));
  }

  Set<String> devices() {
    return attached.values().stream().map(Attach::device).collect(Collectors.toSet());
  }

  /// Keeps the sessions of these devices and ends the others.
  void keep(Set<String> devices) {
    attached.values().removeIf(it -> !devices.contains(it.device()) && end(it.session()));
  }

  private boolean end(ActorRef<DeviceEnded> session) {
    context.unwatch(session);
    parts.each(part -> part.sessionGone(session.path()));
    session.tell(DEVICE_ENDED);
    return true;
  }
}
