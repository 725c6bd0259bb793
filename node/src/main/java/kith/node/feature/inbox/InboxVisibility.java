package kith.node.feature.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.core.room.Tally;
import kith.node.feature.conversations.Conversation;

/// What one account gets to see of its rooms: conversations that were put out of sight are not
/// there, and whoever is blocked does not make them appear, count, or show what they wrote.
///
/// @param conversations by room
public record InboxVisibility(Map<String, Conversation> conversations, Set<String> blocked) {
  public static final InboxVisibility ALL = new InboxVisibility(Map.of(), Set.of());

  public InboxVisibility {
    conversations = Map.copyOf(conversations);
    blocked = Set.copyOf(blocked);
  }

  public static InboxVisibility of(Collection<Conversation> conversations, Set<String> blocked) {
    return new InboxVisibility(Map.of(), blocked).with(conversations);
  }

  public InboxVisibility with(Collection<Conversation> changed) {
    var all = new HashMap<>(conversations);
    changed.forEach(it -> all.put(it.room(), it));
    return new InboxVisibility(all, blocked);
  }

  public InboxVisibility blocking(Set<String> now) {
    return new InboxVisibility(conversations, now);
  }

  Optional<String> with(String room) {
    return Optional.ofNullable(conversations.get(room)).map(Conversation::with);
  }

  /// @param seq of the latest message
  /// @param by who wrote it
  public boolean shows(String room, long seq, String by) {
    var conversation = conversations.get(room);
    return conversation == null
        || !conversation.isHidden()
        || (seq > conversation.hiddenUpTo() && !blocked.contains(by));
  }

  boolean shows(String room, Tally tally) {
    return tally
        .latest()
        .map(it -> shows(room, it.seq(), it.by()))
        .orElseGet(() -> shows(room, 0, ""));
  }

  /// Is this a conversation with somebody who is blocked?
  public boolean isSilent(String room) {
    return with(room).filter(blocked::contains).isPresent();
  }

  boolean hidesLatest(Tally tally) {
    return tally.latest().isPresent() && latest(tally).isEmpty();
  }

  Optional<Tally.Latest> latest(Tally tally) {
    return tally.latest().filter(it -> !blocked.contains(it.by()));
  }
}
