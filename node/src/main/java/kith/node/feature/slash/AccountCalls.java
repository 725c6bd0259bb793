package kith.node.feature.slash;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.node.core.account.Account;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.AccountHost;
import kith.node.core.account.AccountPart;
import kith.node.core.account.AccountState;
import kith.node.platform.serialization.CborSerializable;
import kith.protocol.frame.ServerFrame.CallArgument;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The part of an account that passes calls to the sessions of a bot, and answers to those of a
/// caller. It stores nothing: the rows of calls are in [CallTable].
public final class AccountCalls implements AccountPart<AccountCalls.Command> {

  public sealed interface Command extends Account.PartCommand {}

  /// Sent to all sessions of the account.
  public record Pass(Account.PartWord word) implements Command {}

  /// The answer for the caller, delivered if the account has a session.
  public record Deliver(Answered answer, ActorRef<Delivered> replyTo) implements Command {}

  /// @param isTaken false if the account has no session
  public record Delivered(boolean isTaken) implements CborSerializable {}

  /// A member calls a command of this bot.
  public record Called(
      String call,
      String room,
      String command,
      String text,
      List<CallArgument> arguments,
      String by,
      Instant at,
      Instant until)
      implements Account.PartWord {
    public Called {
      arguments = List.copyOf(arguments);
    }
  }

  /// The answer that only this caller sees.
  ///
  /// @param body absent if there is no answer
  /// @param reason the reason why there is none; absent if the call has expired
  public record Answered(
      String call,
      String room,
      String bot,
      String command,
      Optional<String> body,
      Optional<String> reason)
      implements Account.PartWord {}

  private final AccountHost account;

  private AccountCalls(AccountHost account) {
    this.account = account;
  }

  static AccountPart.Factory<Command> part() {
    return new AccountPart.Factory<>(Command.class, AccountCalls::new);
  }

  static Called called(CallTable.Call call) {
    return new Called(
        call.id(),
        call.room(),
        call.command(),
        call.content().text(),
        call.content().arguments(),
        call.by(),
        call.at(),
        call.until());
  }

  @Override
  public ReplyEffect<AccountEvent, AccountState> on(AccountState state, Command command) {
    return switch (command) {
      case Pass(var word) -> {
        account.tellSessions(word);
        yield account.noReply();
      }
      case Deliver(var answer, var replyTo) -> {
        account.tellSessions(answer);
        yield account.reply(replyTo, new Delivered(account.hasSessions()));
      }
    };
  }
}
