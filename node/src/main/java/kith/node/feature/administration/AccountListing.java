package kith.node.feature.administration;

import java.util.function.BiConsumer;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// Keeps the account's row in the list of accounts.
final class AccountListing implements AccountPart<AccountListing.Command> {
  sealed interface Command extends Account.PartCommand {}

  /// Writes the row, also if the account has not changed.
  record ListAgain(ActorRef<Answer> replyTo) implements Command {}

  private final AccountHost account;
  private final BiConsumer<String, AccountRow> rows;

  private AccountListing(AccountHost account, BiConsumer<String, AccountRow> rows) {
    this.account = account;
    this.rows = rows;
  }

  /// @param rows writes the row of an account, a moment later
  static AccountPart.Factory<Command> part(BiConsumer<String, AccountRow> rows) {
    return new AccountPart.Factory<>(Command.class, account -> new AccountListing(account, rows));
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case ListAgain(var replyTo) -> {
        write(state);
        yield account.reply(replyTo, new Account.Done());
      }
    };
  }

  @Override
  public void changed(AccountState before, AccountState after) {
    if (!AccountRow.of(before, 0).equals(AccountRow.of(after, 0)))
      rows.accept(account.user(), AccountRow.of(after, account.seq()));
  }

  /// The last write before a crash may have been lost.
  @Override
  public void recovered(AccountState state) {
    write(state);
  }

  private void write(AccountState state) {
    if (state.isActive()) rows.accept(account.user(), AccountRow.of(state, account.seq()));
  }
}
