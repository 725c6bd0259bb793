package kith.node.core.account;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import kith.node.core.account.Memberships.Outcome;
import kith.protocol.Code;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// A feature's extension of an account: its own commands, in-memory fields, and a share of the
/// account's events and state. It runs in the account's actor and ends with it.
///
/// @param <C> a sealed interface that lists the part's commands
public interface AccountPart<C extends Account.PartCommand> {

  /// Creates the part of each account.
  ///
  /// @param commands the commands that the part owns; no command may have two owners
  record Factory<C extends Account.PartCommand>(
      Class<C> commands, Function<AccountHost, AccountPart<C>> create) {}

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, C command);

  /// Events that are persisted together with the sign-up of a person, so that a crash loses neither
  /// or both.
  default List<? extends AccountEvent> signedUp() {
    return List.of();
  }

  /// The account has replayed its journal and begins to answer.
  default void recovered(AccountState state) {}

  /// Events of any part were persisted. Called before the reply to the command is sent.
  default void changed(AccountState before, AccountState after) {}

  /// True if a log-in needs a further proof after the right password, which the part checks.
  default boolean needsProof(AccountState state) {
    return false;
  }

  /// The reason why devices cannot use the account now, if there is one. Requests that can change
  /// that are still accepted.
  default Optional<Code> whyNotUse(AccountState state) {
    return Optional.empty();
  }

  /// A refresh token was used again, so its device ends.
  default void tokenReused(String device) {}

  /// The part's first messages to a session that is being attached, each well below 1 MiB.
  default List<? extends Account.PartWord> initialWords(AccountState state) {
    return List.of();
  }

  /// A session whose client has asked for live views was attached, possibly again. For messages
  /// that take time to prepare: the part sends them now or later, and the session attaches again
  /// until it has received them.
  default void attached(AccountState state, ActorRef<Account.AttachReply> session) {}

  /// Leaves a room in the part's own way; empty if the room is left like any other.
  default Optional<ReplyEffect<AccountEvent, AccountState>> leave(
      AccountState state, Account.Leave leave) {
    return Optional.empty();
  }

  /// Asks in the part's own way whether the account is a member of a room; empty if the room is
  /// asked like any other.
  default Optional<CompletionStage<Outcome>> lookUp(AccountState state, String room) {
    return Optional.empty();
  }

  /// True while stopping would lose unsaved work or a retry.
  default boolean isBusy() {
    return false;
  }

  /// Saves unsaved work before the account moves to another node. Commands still arrive until the
  /// stage completes, or until the account stops waiting for it.
  default CompletionStage<Void> end() {
    return CompletableFuture.completedFuture(null);
  }
}
