package kith.terminal.view;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.terminal.net.SessionEvent;

/// A server's inbox for ann, as far as the stories need it.
final class FakeInbox {

  private static final class Row {
    private final String name;
    private final NavigableSet<Long> messages = new TreeSet<>();
    private final NavigableSet<Long> mentions = new TreeSet<>();
    private long seq;
    private long read;
    private OptionalLong unreadFrom = OptionalLong.empty();
    private boolean isMuted;

    Row(String name, long seq, long read) {
      this.name = name;
      this.seq = seq;
      this.read = read;
    }

    InboxRoom as(String id) {
      return new InboxRoom(
          id,
          name.startsWith("@") ? Optional.empty() : Optional.of(name),
          Optional.of(name.startsWith("@") ? Visibility.DIRECT : Visibility.PUBLIC),
          Optional.of(name).filter(it -> it.startsWith("@")).map(it -> it.substring(1)),
          seq,
          read,
          messages.tailSet(read, false).size(),
          unreadFrom,
          OptionalInt.of(mentions.tailSet(read, false).size()),
          isMuted,
          Optional.empty(),
          Optional.empty());
    }
  }

  private final Map<String, Row> rows = new LinkedHashMap<>();

  /// @param unread the number of latest entries that are unread messages
  void has(String room, String name, long seq, long read, int unread) {
    var row = new Row(name, seq, read);
    for (long message = seq - unread + 1; message <= seq; message++) row.messages.add(message);
    rows.put(room, row);
  }

  SessionEvent whole() {
    var all = rows.entrySet().stream().map(it -> it.getValue().as(it.getKey())).toList();
    return new SessionEvent.Inbox(all, List.of(), Optional.of(rows.keySet()));
  }

  Optional<SessionEvent> changed(String room) {
    return Optional.ofNullable(rows.get(room))
        .map(row -> new SessionEvent.Inbox(List.of(row.as(room)), List.of(), Optional.empty()));
  }

  void arrived(String room, Entry... entries) {
    var row = rows.get(room);
    if (row == null) return;
    for (var entry : Arrays.asList(entries)) {
      row.seq = Math.max(row.seq, entry.seq());
      if (!(entry instanceof Entry.Message message)) continue;
      row.messages.add(entry.seq());
      if (message.mentions().isPresent()) row.mentions.add(entry.seq());
      if (entry.by().equals("ann")) row.read = entry.seq();
    }
  }

  Optional<SessionEvent> read(String room, long seq) {
    var row = rows.get(room);
    if (row == null) return Optional.empty();
    row.read = Math.max(row.read, Math.min(seq, row.seq));
    row.unreadFrom = OptionalLong.empty();
    return changed(room);
  }

  Optional<SessionEvent> unread(String room, long seq) {
    var row = rows.get(room);
    if (row == null) return Optional.empty();
    row.unreadFrom = OptionalLong.of(seq);
    return changed(room);
  }

  Optional<SessionEvent> muted(String room, boolean is) {
    var row = rows.get(room);
    if (row == null) return Optional.empty();
    row.isMuted = is;
    return changed(room);
  }
}
