package kith.node.feature.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.core.room.Tally;
import kith.node.feature.conversations.Conversation;
import kith.node.privacy.Privacy;

/// Decides which of its rooms and messages one account sees in its inbox: no hidden conversations,
/// and no messages of the users it has blocked. Their messages neither bring back a hidden
/// conversation nor count.
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
  /// @param by its author
  public boolean shows(String room, long seq, String by) {
    var conversation = conversations.get(room);
    return conversation == null
        || !conversation.isHidden()
        || (seq > conversation.hiddenUpTo() && Privacy.mayRead(by, blocked));
  }

  boolean shows(String room, Tally tally) {
    return tally
        .latest()
        .map(it -> shows(room, it.seq(), it.by()))
        .orElseGet(() -> shows(room, 0, ""));
  }

  /// True if this is a conversation with a blocked user.
  public boolean isSilent(String room) {
    return with(room).filter(it -> !Privacy.mayRead(it, blocked)).isPresent();
  }

  boolean hidesLatest(Tally tally) {
    return tally.latest().isPresent() && latest(tally).isEmpty();
  }

  Optional<Tally.Latest> latest(Tally tally) {
    return tally.latest().filter(it -> Privacy.mayRead(it.by(), blocked));
  }
}
