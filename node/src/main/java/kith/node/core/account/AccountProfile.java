package kith.node.core.account;

import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.ProfileCommand;
import kith.node.core.account.Account.StatusChosen;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The part of an account that says how its owner wants to be seen.
final class AccountProfile {
  private final Account account;
  private final AccountSessions sessions;

  AccountProfile(Account account, AccountSessions sessions) {
    this.account = account;
    this.sessions = sessions;
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, ProfileCommand command) {
    return switch (command) {
      case Account.ChangeProfile change -> onChange(state, change);
      case Account.ChooseStatus choice -> onChoose(state, choice);
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onChange(
      AccountState state, Account.ChangeProfile change) {
    if (!state.isActive()) return account.Effect().reply(change.replyTo(), Account.NO_DEVICE);
    return account.Effect()
        .persist(state.decideProfile(change.displayName(), change.picture(), change.email()))
        .thenReply(change.replyTo(), AccountState::view);
  }

  private ReplyEffect<AccountEvent, AccountState> onChoose(
      AccountState state, Account.ChooseStatus choice) {
    if (!state.isActive()) return account.Effect().reply(choice.replyTo(), Account.NO_DEVICE);
    return account.Effect()
        .persist(state.decideStatus(choice.status()))
        .thenRun((AccountState _) -> sessions.tell(new StatusChosen(choice.status())))
        .thenReply(choice.replyTo(), _ -> new Done());
  }
}
