package kith.node.person;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;

/// The reactions to the messages of a room: users by emoji, by the `seq` of the message.
public final class LiveReactions extends LiveView<Map<Long, Map<String, Set<String>>>> {
  private final String room;

  public LiveReactions(String room) {
    this.room = room;
  }

  @Override
  Map<Long, Map<String, Set<String>>> empty() {
    return Map.of();
  }

  @Override
  Map<Long, Map<String, Set<String>>> with(
      Map<Long, Map<String, Set<String>>> messages, ServerFrame frame) {
    if (!(frame instanceof ServerFrame.Entries(var of, var entries)) || !of.equals(room))
      return messages;
    var after = new TreeMap<Long, Map<String, Set<String>>>();
    messages.forEach((seq, users) -> after.put(seq, copy(users)));
    for (var entry : entries) apply(after, entry);
    after.values().forEach(users -> users.values().removeIf(Set::isEmpty));
    after.values().removeIf(Map::isEmpty);
    return after;
  }

  private static Map<String, Set<String>> copy(Map<String, Set<String>> users) {
    var copy = new TreeMap<String, Set<String>>();
    users.forEach((emoji, names) -> copy.put(emoji, new TreeSet<>(names)));
    return copy;
  }

  /// A message that is read later already has its reactions; their entries follow all the same.
  private static void apply(Map<Long, Map<String, Set<String>>> messages, Entry entry) {
    switch (entry) {
      case Entry.Message message ->
          message
              .reactions()
              .orElse(List.of())
              .forEach(it -> users(messages, message.seq(), it.emoji()).addAll(it.users()));
      case Entry.Reacted it -> {
        var users = users(messages, it.target(), it.emoji());
        if (it.removed().orElse(false)) users.remove(it.by());
        else users.add(it.by());
      }
      case Entry ignored -> {}
    }
  }

  private static Set<String> users(
      Map<Long, Map<String, Set<String>>> messages, long seq, String emoji) {
    return messages
        .computeIfAbsent(seq, _ -> new TreeMap<>())
        .computeIfAbsent(emoji, _ -> new TreeSet<>());
  }

  @Override
  Asking<Map<Long, Map<String, Set<String>>>> asks(Person who) {
    return () -> after(List.of(new ServerFrame.Entries(room, who.history(room))));
  }
}
