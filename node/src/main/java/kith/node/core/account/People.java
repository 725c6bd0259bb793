package kith.node.core.account;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.feature.contacts.ContactEntry;
import kith.node.feature.contacts.ContactEntry.Kind;
import kith.node.feature.conversations.Conversation;
import kith.node.privacy.PrivacySettings;
import kith.node.privacy.Relations;
import kith.protocol.Code;

/// What an account has to do with other people.
///
/// @param conversations by room
/// @param bonds by user; absent in what was written before there were contacts
/// @param version how often `blocked` and `privacy` were changed
record People(
    Map<String, Conversation> conversations,
    Set<String> blocked,
    PrivacySettings privacy,
    Optional<Map<String, Relationship>> bonds,
    long version) {
  static final People NONE =
      new People(Map.of(), Set.of(), PrivacySettings.OPEN, Optional.empty(), 0);

  private static final int MOST_CONVERSATIONS = 2_000;
  private static final int MOST_BLOCKED = 1_000;

  /// Contacts, and one's own requests.
  private static final int MOST_WANTED = 2_000;

  /// Those who ask and were never answered, besides the blocked.
  private static final int MOST_STRANGERS = 1_000;

  private static final int MOST_BONDS = 10_000;

  People {
    conversations = Map.copyOf(conversations);
    blocked = Set.copyOf(blocked);
    bonds = bonds.map(Map::copyOf);
  }

  /// Whoever is blocked is no contact here, and does not hear of that.
  Relations circle() {
    var contacts =
        acquaintances()
            .filter(it -> it.kind() == Kind.CONTACT)
            .map(ContactEntry::user)
            .collect(Collectors.toSet());
    return new Relations(contacts, blocked, privacy, version);
  }

  Map<String, Relationship> all() {
    return bonds.orElse(Map.of());
  }

  Relationship bond(String user) {
    return all().getOrDefault(user, Relationship.NONE);
  }

  /// As this account sees them: nothing of whoever is blocked.
  Stream<ContactEntry> acquaintances() {
    return all().keySet().stream().map(this::acquaintance);
  }

  ContactEntry acquaintance(String user) {
    return (blocked.contains(user) ? Relationship.NONE : bond(user)).with(user);
  }

  Optional<Code> whyNotWant(String user) {
    var isNew = bond(user).wanting().isPresent();
    return isNew && (isFullFor(user) || wanted() >= MOST_WANTED)
        ? Optional.of(Code.TOO_MANY_CONTACTS)
        : Optional.empty();
  }

  private long wanted() {
    return all().values().stream().filter(Relationship::isWanted).count();
  }

  /// What was said stays known after it is over: only so it cannot come back.
  private boolean isFullFor(String user) {
    return all().size() >= MOST_BONDS && !all().containsKey(user);
  }

  /// Enough others wait for an answer already.
  boolean isDeafTo(String user) {
    var isKnown = all().containsKey(user) || blocked.contains(user);
    return isFullFor(user)
        || (!isKnown && strangers().size() >= MOST_STRANGERS && withdrawn().isEmpty());
  }

  private List<String> strangers() {
    return all().keySet().stream()
        .filter(it -> bond(it).isOfStranger() && !blocked.contains(it))
        .toList();
  }

  /// The stranger whose request was taken back first.
  private Optional<String> withdrawn() {
    return strangers().stream()
        .filter(it -> bond(it).kind() == Kind.NONE)
        .min(Comparator.comparing((String it) -> bond(it).since()).thenComparing(it -> it));
  }

  /// Whoever has asked and taken it back, and never got an answer, makes place for the next.
  People bonding(String user, UnaryOperator<Relationship> change) {
    var changed = new HashMap<>(all());
    changed.put(user, change.apply(bond(user)));
    if (!all().containsKey(user) && strangers().size() >= MOST_STRANGERS)
      withdrawn().ifPresent(changed::remove);
    return new People(conversations, blocked, privacy, Optional.of(changed), version);
  }

  /// The account is deleted.
  People endingAll() {
    var ended = new HashMap<String, Relationship>();
    all()
        .forEach((user, bond) ->
            ended.put(user, bond.ending().map(it -> bond.taking(it, bond.since())).orElse(bond)));
    return new People(conversations, Set.of(), privacy, Optional.of(ended), version + 1);
  }

  Optional<Code> whyNotConverse(String room) {
    return conversations.size() >= MOST_CONVERSATIONS && !conversations.containsKey(room)
        ? Optional.of(Code.TOO_MANY_ROOMS)
        : Optional.empty();
  }

  Optional<Conversation> conversation(String room) {
    return Optional.ofNullable(conversations.get(room));
  }

  /// A conversation that is out of sight, and stays there whatever the other one writes.
  boolean isHidden(String room) {
    return conversation(room)
        .filter(it -> it.isHidden() && blocked.contains(it.with()))
        .isPresent();
  }

  People conversing(String room, String with) {
    return changed(all -> all.putIfAbsent(room, new Conversation(room, with, 0)));
  }

  People hiding(String room, long upTo) {
    return changed(all -> all.computeIfPresent(room, (_, it) -> it.hidden(upTo)));
  }

  People without(String room) {
    return conversations.containsKey(room) ? changed(all -> all.remove(room)) : this;
  }

  Optional<Code> whyNotBlock(String user) {
    return blocked.size() >= MOST_BLOCKED && !blocked.contains(user)
        ? Optional.of(Code.TOO_MANY_BLOCKED)
        : Optional.empty();
  }

  People blocking(String user) {
    var more = new HashSet<>(blocked);
    more.add(user);
    return new People(conversations, more, privacy, bonds, version + 1);
  }

  People unblocking(String user) {
    var fewer = new HashSet<>(blocked);
    fewer.remove(user);
    return new People(conversations, fewer, privacy, bonds, version + 1);
  }

  People with(PrivacySettings now) {
    return new People(conversations, blocked, now, bonds, version + 1);
  }

  private People changed(Consumer<Map<String, Conversation>> change) {
    var changed = new HashMap<>(conversations);
    change.accept(changed);
    return new People(changed, blocked, privacy, bonds, version);
  }
}
