package kith.node.account;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import kith.node.people.Circle;
import kith.node.people.Conversation;
import kith.node.people.Privacy;
import kith.protocol.Code;

/// What an account has to do with other people.
///
/// @param conversations by room
record People(Map<String, Conversation> conversations, Set<String> blocked, Privacy privacy) {
  static final People NONE = new People(Map.of(), Set.of(), Privacy.OPEN);

  private static final int MOST_CONVERSATIONS = 2_000;
  private static final int MOST_BLOCKED = 1_000;

  People {
    conversations = Map.copyOf(conversations);
    blocked = Set.copyOf(blocked);
  }

  Circle circle() {
    return new Circle(Set.of(), blocked, privacy);
  }

  Optional<Code> whyNotConverse(String room) {
    return conversations.size() >= MOST_CONVERSATIONS && !conversations.containsKey(room)
        ? Optional.of(Code.TOO_MANY_ROOMS)
        : Optional.empty();
  }

  Optional<Conversation> conversation(String room) {
    return Optional.ofNullable(conversations.get(room));
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
    return new People(conversations, more, privacy);
  }

  People unblocking(String user) {
    var fewer = new HashSet<>(blocked);
    fewer.remove(user);
    return new People(conversations, fewer, privacy);
  }

  People with(Privacy now) {
    return new People(conversations, blocked, now);
  }

  private People changed(Consumer<Map<String, Conversation>> change) {
    var changed = new HashMap<>(conversations);
    change.accept(changed);
    return new People(changed, blocked, privacy);
  }
}
