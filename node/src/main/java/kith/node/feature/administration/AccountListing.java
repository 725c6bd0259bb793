package kith.node.feature.administration;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import kith.node.core.account.Account;
import kith.node.core.account.Account.Answer;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// Keeps the account's row in the list of accounts, and reports stolen refresh tokens.
final class AccountListing implements AccountPart<AccountListing.Command> {
  sealed interface Command extends Account.PartCommand {}

  /// Writes the row, also if the account has not changed.
  record ListAgain(ActorRef<Answer> replyTo) implements Command {}

  private final AccountHost account;
  private final BiConsumer<String, AccountRow> rows;
  private final Consumer<String> reuse;

  private AccountListing(
      AccountHost account, BiConsumer<String, AccountRow> rows, Consumer<String> reuse) {
    this.account = account;
    this.rows = rows;
    this.reuse = reuse;
  }

  /// @param rows writes the row of an account, a moment later
  /// @param reuse receives the account of which a refresh token was used again
  static AccountPart.Factory<Command> part(
      BiConsumer<String, AccountRow> rows, Consumer<String> reuse) {
    return new AccountPart.Factory<>(
        Command.class, account -> new AccountListing(account, rows, reuse));
  }

  @Override
  public void tokenReused(String device) {
    reuse.accept(account.user());
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
