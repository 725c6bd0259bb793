package kith.node.core.account;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import kith.node.core.account.Account.PartCommand;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;

/// The parts of one account, each with the commands it owns.
final class AccountParts {
  private record Owner<C extends PartCommand>(Class<C> commands, AccountPart<C> part) {
    static <C extends PartCommand> Owner<C> create(
        AccountPart.Factory<C> factory, AccountHost host) {
      return new Owner<>(factory.commands(), factory.create().apply(host));
    }

    ReplyEffect<AccountEvent, AccountState> on(AccountState state, PartCommand command) {
      return part.on(state, commands.cast(command));
    }
  }

  private final List<Owner<?>> owners;

  AccountParts(List<AccountPart.Factory<?>> factories, AccountHost host) {
    this.owners = factories.stream().<Owner<?>>map(it -> Owner.create(it, host)).toList();
  }

  /// Throws an `IllegalArgumentException` if two parts own the same command.
  static List<AccountPart.Factory<?>> checked(List<AccountPart.Factory<?>> factories) {
    var owned = new HashSet<Class<?>>();
    for (var factory : factories)
      concrete(factory.commands())
          .filter(command -> !owned.add(command))
          .findFirst()
          .ifPresent(twice -> {
            throw new IllegalArgumentException(
                "Two parts of an account own the command " + twice.getName());
          });
    return List.copyOf(factories);
  }

  private static Stream<Class<?>> concrete(Class<?> commands) {
    return commands.isSealed()
        ? Stream.of(commands.getPermittedSubclasses()).flatMap(AccountParts::concrete).distinct()
        : Stream.of(commands);
  }

  ReplyEffect<AccountEvent, AccountState> on(AccountState state, PartCommand command) {
    for (var owner : owners)
      if (owner.commands().isInstance(command)) return owner.on(state, command);
    throw new IllegalStateException("No part of an account owns " + command.getClass().getName());
  }

  void each(Consumer<AccountPart<?>> action) {
    owners.forEach(owner -> action.accept(owner.part()));
  }

  /// The first answer that is not empty.
  <T> Optional<T> first(Function<AccountPart<?>, Optional<T>> question) {
    return all().flatMap(part -> question.apply(part).stream()).findFirst();
  }

  /// The events of all parts that belong to a sign-up.
  Stream<AccountEvent> signedUp() {
    return all().flatMap(part -> part.signedUp().stream());
  }

  /// The first messages of each part to a session.
  List<List<Account.PartWord>> initialWords(AccountState state) {
    return all().map(part -> List.<Account.PartWord>copyOf(part.initialWords(state))).toList();
  }

  boolean areBusy() {
    return all().anyMatch(AccountPart::isBusy);
  }

  CompletableFuture<Void> end() {
    return CompletableFuture.allOf(
        all().map(part -> part.end().toCompletableFuture()).toArray(CompletableFuture[]::new));
  }

  private Stream<AccountPart<?>> all() {
    return owners.stream().map(Owner::part);
  }
}
