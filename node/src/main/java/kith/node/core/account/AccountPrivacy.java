package kith.node.core.account;

import java.util.List;
import java.util.Optional;
import kith.node.core.account.Account.AskRelations;
import kith.node.core.account.Account.Block;
import kith.node.core.account.Account.ChangePrivacy;
import kith.node.core.account.Account.Done;
import kith.node.core.account.Account.PrivacyCommand;
import kith.node.core.account.Account.RelationsAnswer;
import kith.node.core.account.AccountEvent.Blocked;
import kith.node.core.account.AccountEvent.PrivacyChanged;
import kith.node.core.account.AccountEvent.Unblocked;
import kith.node.privacy.PrivacySettings;
import kith.protocol.Code;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// Changes an account's blocked users and privacy settings.
final class AccountPrivacy {
  private final AccountBehavior account;
  private final int mostBlocked;

  AccountPrivacy(AccountBehavior account, int mostBlocked) {
    this.account = account;
    this.mostBlocked = mostBlocked;
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, PrivacyCommand command) {
    return switch (command) {
      case Block block -> onBlock(state, block);
      case ChangePrivacy change -> onChangePrivacy(state, change);
      case AskRelations(var replyTo) ->
          account.reply(replyTo, new RelationsAnswer(state.relations()));
    };
  }

  private ReplyEffect<AccountEvent, AccountState> onBlock(AccountState state, Block block) {
    var privacy = state.privacy();
    var user = block.user();
    if (!state.isActive()) return account.refuse(block.replyTo(), Code.DEVICE_ENDED);
    if (privacy.blocked().contains(user) == block.blocked())
      return account.reply(block.replyTo(), new Done());
    var refusal = block.blocked() ? privacy.whyNotBlock(user, mostBlocked) : Optional.<Code>empty();
    if (refusal.isPresent()) return account.refuse(block.replyTo(), refusal.get());
    var event = block.blocked() ? new Blocked(user) : new Unblocked(user);
    return account.persist(state, List.of(event)).thenReply(block.replyTo(), _ -> new Done());
  }

  private ReplyEffect<AccountEvent, AccountState> onChangePrivacy(
      AccountState state, ChangePrivacy change) {
    if (!state.isActive()) return account.refuse(change.replyTo(), Code.DEVICE_ENDED);
    var before = state.privacy().settings();
    var now =
        new PrivacySettings(
            change.lastSeen().orElse(before.lastSeen()),
            change.receipts().orElse(before.receipts()),
            change.typing().orElse(before.typing()),
            change.conversations().or(before::conversations));
    List<AccountEvent> events = now.equals(before) ? List.of() : List.of(new PrivacyChanged(now));
    return account.persist(state, events).thenReply(change.replyTo(), AccountState::view);
  }
}
