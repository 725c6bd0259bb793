package kith.node.feature.contacts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.core.account.AccountState;
import kith.node.core.account.PartKey;
import kith.node.core.account.PartState;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.node.feature.contacts.ContactEvent.StanceHeard;
import kith.node.feature.contacts.ContactEvent.StrangerForgotten;
import kith.protocol.Code;

/// The relationships of an account with other users, and the decisions about them.
///
/// An ended relationship stays here: its versions keep a late message from bringing it back.
record ContactBook(Map<String, Relationship> byUser) implements PartState {
  static final PartKey<ContactBook> KEY =
      new PartKey<>("contacts", ContactBook.class, new ContactBook(Map.of()));

  ContactBook {
    byUser = Map.copyOf(byUser);
  }

  static ContactBook of(AccountState state) {
    return state.part(KEY);
  }

  Relationship with(String user) {
    return byUser.getOrDefault(user, Relationship.NONE);
  }

  /// The users in no particular order, each as the account sees it.
  Stream<ContactEntry> entries(Set<String> blocked) {
    return byUser.keySet().stream().map(user -> entry(user, blocked));
  }

  /// The contact as the account sees it: a blocked user is not a contact.
  ContactEntry entry(String user, Set<String> blocked) {
    return (blocked.contains(user) ? Relationship.NONE : with(user)).with(user);
  }

  @Override
  public Set<String> contacts() {
    return byUser.entrySet().stream()
        .filter(it -> it.getValue().kind() == Kind.CONTACT)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  Optional<Code> whyNotWant(String user, ContactSettings bounds) {
    var isNew = with(user).wanting().isPresent();
    return isNew && (isFullFor(user, bounds) || wanted() >= bounds.perAccount())
        ? Optional.of(Code.TOO_MANY_CONTACTS)
        : Optional.empty();
  }

  private long wanted() {
    return byUser.values().stream().filter(Relationship::isWanted).count();
  }

  private boolean isFullFor(String user, ContactSettings bounds) {
    return byUser.size() >= bounds.remembered() && !byUser.containsKey(user);
  }

  /// The events that follow when the intent of another user arrives; none if it is known. Empty if
  /// the account cannot store one more user; the other account then has to retry.
  Optional<List<ContactEvent>> decideHeard(
      String from, ContactIntent intent, Instant now, Set<String> blocked, ContactSettings bounds) {
    if (isFullFor(from, bounds)) return Optional.empty();
    if (!with(from).isNews(intent)) return Optional.of(List.of());
    var events = new ArrayList<ContactEvent>();
    var isNew = !byUser.containsKey(from) && !blocked.contains(from);
    if (isNew && strangers(blocked).count() >= bounds.strangers()) {
      var withdrawn = withdrawn(blocked);
      if (withdrawn.isEmpty()) return Optional.empty();
      events.add(new StrangerForgotten(withdrawn.get()));
    }
    events.add(new StanceHeard(from, intent, now));
    return Optional.of(events);
  }

  /// Users who have sent a request that this account never answered.
  private Stream<String> strangers(Set<String> blocked) {
    return byUser.keySet().stream()
        .filter(user -> with(user).isOfStranger() && !blocked.contains(user));
  }

  /// The stranger whose request was withdrawn first.
  private Optional<String> withdrawn(Set<String> blocked) {
    return strangers(blocked)
        .filter(user -> with(user).kind() == Kind.NONE)
        .min(
            Comparator.comparing((String user) -> with(user).since())
                .thenComparing(Comparator.naturalOrder()));
  }

  ContactBook changing(String user, UnaryOperator<Relationship> change) {
    var changed = new HashMap<>(byUser);
    changed.put(user, change.apply(with(user)));
    return new ContactBook(changed);
  }

  ContactBook without(String user) {
    var changed = new HashMap<>(byUser);
    changed.remove(user);
    return new ContactBook(changed);
  }

  /// Ends every relationship and removes its note; the new intents are still to be sent to the
  /// other accounts.
  @Override
  public ContactBook accountDeleted() {
    var ended = new HashMap<>(byUser);
    ended.replaceAll((_, it) ->
        it.ending().map(end -> it.taking(end, it.since())).orElse(it).noting(Optional.empty()));
    return new ContactBook(ended);
  }
}
