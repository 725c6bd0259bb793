package kith.node.feature.conversations;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kith.node.core.account.AccountState;
import kith.node.core.account.PartKey;
import kith.node.core.account.PartState;
import kith.protocol.Code;

/// The conversations of an account, by room.
public record ConversationList(Map<String, Conversation> byRoom) implements PartState {
  static final PartKey<ConversationList> KEY =
      new PartKey<>("conversations", ConversationList.class, new ConversationList(Map.of()));

  public ConversationList {
    byRoom = Map.copyOf(byRoom);
  }

  public static ConversationList of(AccountState state) {
    return state.part(KEY);
  }

  public Optional<Conversation> in(String room) {
    return Optional.ofNullable(byRoom.get(room));
  }

  Optional<Code> whyNotOneMore(String room, int most) {
    return byRoom.size() >= most && !byRoom.containsKey(room)
        ? Optional.of(Code.TOO_MANY_ROOMS)
        : Optional.empty();
  }

  ConversationList with(Conversation conversation) {
    return changed(all -> all.putIfAbsent(conversation.room(), conversation));
  }

  ConversationList hiding(String room, long upTo) {
    return changed(all -> all.computeIfPresent(room, (_, it) -> it.hidden(upTo)));
  }

  ConversationList requested(String room, long seq) {
    return changed(all -> all.computeIfPresent(room, (_, it) -> it.requested(seq)));
  }

  /// The rooms by the other user.
  Map<String, String> roomsByUser() {
    return byRoom.values().stream()
        .collect(Collectors.toMap(Conversation::with, Conversation::room));
  }

  @Override
  public ConversationList left(String room) {
    return byRoom.containsKey(room) ? changed(all -> all.remove(room)) : this;
  }

  @Override
  public boolean has(String room) {
    return byRoom.containsKey(room);
  }

  /// A hidden conversation stays hidden while the other user is blocked.
  @Override
  public boolean hides(String room, Set<String> blocked) {
    return in(room).filter(it -> it.isHidden() && blocked.contains(it.with())).isPresent();
  }

  private ConversationList changed(Consumer<Map<String, Conversation>> change) {
    var changed = new HashMap<>(byRoom);
    change.accept(changed);
    return new ConversationList(changed);
  }
}
