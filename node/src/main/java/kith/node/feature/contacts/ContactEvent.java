package kith.node.feature.contacts;

import java.time.Instant;
import java.util.Optional;
import kith.node.core.account.AccountEvent;
import kith.node.core.account.PartKey;

/// The events of an account's contacts. A stance is a [ContactIntent].
sealed interface ContactEvent extends AccountEvent.PartEvent<ContactBook> {

  /// The account itself has a new intent.
  record StanceTaken(String user, ContactIntent stance, Instant at) implements ContactEvent {}

  /// The other account has sent its intent.
  record StanceHeard(String user, ContactIntent stance, Instant at) implements ContactEvent {}

  /// The other account has confirmed that it knows the intent of this version.
  record StanceTold(String user, long version) implements ContactEvent {}

  record ContactNoted(String user, Optional<String> note) implements ContactEvent {}

  /// A request that was withdrawn and never answered was replaced by another one.
  record StrangerForgotten(String user) implements ContactEvent {}

  @Override
  default PartKey<ContactBook> part() {
    return ContactBook.KEY;
  }

  @Override
  default ContactBook applyTo(ContactBook book) {
    return switch (this) {
      case StanceTaken(var user, var intent, var at) ->
          book.changing(user, it -> it.taking(intent, at));
      case StanceHeard(var user, var intent, var at) ->
          book.changing(user, it -> it.hearing(intent, at));
      case StanceTold(var user, var version) -> book.changing(user, it -> it.told(version));
      case ContactNoted(var user, var note) -> book.changing(user, it -> it.noting(note));
      case StrangerForgotten(var user) -> book.without(user);
    };
  }
}
