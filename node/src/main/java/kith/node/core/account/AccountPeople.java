package kith.node.core.account;

import java.util.List;
import java.util.Optional;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.Account.Block;
import kith.node.core.account.Account.ChangePrivacy;
import kith.node.core.account.Account.ContactCommand;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.PeopleCommand;
import kith.node.core.account.Account.Refused;
import kith.node.core.account.AccountEvent.Blocked;
import kith.node.core.account.AccountEvent.PrivacyChanged;
import kith.node.core.account.AccountEvent.Unblocked;
import kith.node.privacy.PrivacySettings;
import kith.protocol.Code;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The part of an account that knows what it wants of other people, and lets its sessions know.
final class AccountPeople {
  private final Account account;
  private final AccountContacts contacts;

  AccountPeople(Account account, AccountContacts contacts) {
    this.account = account;
    this.contacts = contacts;
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, PeopleCommand command) {
    return switch (command) {
      case Block block -> onBlock(state, block);
      case ChangePrivacy change -> onChangePrivacy(state, change);
      case ContactCommand asked -> contacts.on(state, asked);
    };
  }

  /// Whoever is blocked is not told, here or anywhere.
  private ReplyEffect<AccountEvent, AccountState> onBlock(AccountState state, Block block) {
    var people = state.people();
    var user = block.user();
    if (!state.isActive()) return refuse(block, Code.DEVICE_ENDED);
    if (people.blocked().contains(user) == block.blocked())
      return account.Effect().reply(block.replyTo(), new Done());
    var refusal = block.blocked() ? people.whyNotBlock(user) : Optional.<Code>empty();
    if (refusal.isPresent()) return refuse(block, refusal.get());
    return account.Effect()
        .persist(block.blocked() ? new Blocked(user) : new Unblocked(user))
        .thenRun((AccountState now) -> {
          tellCircle(now);
          contacts.changed(now, user);
        })
        .thenReply(block.replyTo(), _ -> new Done());
  }

  private ReplyEffect<AccountEvent, AccountState> refuse(Block block, Code code) {
    return account.Effect().<Answer>reply(block.replyTo(), Refused.because(code));
  }

  private ReplyEffect<AccountEvent, AccountState> onChangePrivacy(
      AccountState state, ChangePrivacy change) {
    if (!state.isActive())
      return account.Effect().reply(change.replyTo(), Refused.because(Code.DEVICE_ENDED));
    var before = state.people().privacy();
    var now =
        new PrivacySettings(
            change.lastSeen().orElse(before.lastSeen()),
            change.receipts().orElse(before.receipts()),
            change.typing().orElse(before.typing()));
    List<AccountEvent> events = now.equals(before) ? List.of() : List.of(new PrivacyChanged(now));
    return account.Effect()
        .persist(events)
        .thenRun(this::tellCircle)
        .thenReply(change.replyTo(), AccountState::view);
  }

  private void tellCircle(AccountState now) {
    account.circleIs(now.people().circle());
  }
}
