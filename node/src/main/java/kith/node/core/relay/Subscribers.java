package kith.node.core.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kith.node.core.relay.RoomRelay.ToSession;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/// The sessions that have a room open on this node. A live session has read to the end, and is sent
/// published entries without asking.
public final class Subscribers {
  private static final class Listener {
    final String user;
    long admittedAt;
    boolean isLive;

    Listener(String user) {
      this.user = user;
    }
  }

  private final String room;
  private final RelayBuffer buffer;
  private final Map<ActorRef<ToSession>, Listener> listeners = new HashMap<>();

  Subscribers(String room, RelayBuffer buffer) {
    this.room = room;
    this.buffer = buffer;
  }

  /// A session that closed the room and opened it again before the first answer may be in the map
  /// already, and live.
  ///
  /// @param seq the room's last seq when it admitted the user
  void enter(String user, long seq, ActorRef<ToSession> session) {
    listeners.computeIfAbsent(session, _ -> new Listener(user)).admittedAt = seq;
  }

  void leave(ActorRef<ToSession> session) {
    listeners.remove(session);
  }

  boolean has(ActorRef<ToSession> session) {
    return listeners.containsKey(session);
  }

  boolean isEmpty() {
    return listeners.isEmpty();
  }

  int size() {
    return listeners.size();
  }

  public List<ActorRef<ToSession>> all() {
    return List.copyOf(listeners.keySet());
  }

  /// The sessions of a user that entry `seq` removes: not those admitted after it.
  List<ActorRef<ToSession>> of(String user, long seq) {
    var theirs = new ArrayList<ActorRef<ToSession>>();
    listeners.forEach((session, listener) -> {
      if (listener.user.equals(user) && listener.admittedAt < seq) theirs.add(session);
    });
    return theirs;
  }

  void publish(List<Entry> entries) {
    for (var chunk : buffer.add(entries)) {
      var published =
          new RoomRelay.Published(
              room, chunk.first(), chunk.last(), chunk.frame(), part(entries, chunk));
      listeners.forEach((session, listener) -> {
        if (listener.isLive) session.tell(published);
      });
    }
  }

  private static List<Entry> part(List<Entry> entries, RelayBuffer.Chunk chunk) {
    var from = (int) (chunk.first() - entries.getFirst().seq());
    return entries.subList(from, from + chunk.size());
  }

  /// The answer to a `Read`. The session is live after the answer that reaches the end.
  ToSession answer(RoomRelay.Read read) {
    var listener = listeners.get(read.session());
    if (listener == null) return new RoomRelay.Closed(room, Code.NOT_A_MEMBER);
    var answer = following(read);
    listener.isLive = answer instanceof RoomRelay.Chunk chunk && chunk.isLive();
    return answer;
  }

  private ToSession following(RoomRelay.Read read) {
    if (read.after() >= buffer.last()) return nothingAfter(read);
    return buffer
        .following(read.after())
        .<ToSession>map(found -> chunk(read, found))
        .orElse(new RoomRelay.OnlyInLog(room, read.number(), read.after(), buffer.last()));
  }

  private ToSession nothingAfter(RoomRelay.Read read) {
    var nothing = ByteString.emptyByteString();
    return new RoomRelay.Chunk(
        room, read.number(), read.after() + 1, buffer.last(), nothing, true, buffer.framing());
  }

  private ToSession chunk(RoomRelay.Read read, RelayBuffer.Chunk found) {
    var isLive = found.last() == buffer.last();
    return new RoomRelay.Chunk(
        room, read.number(), found.first(), found.last(), found.frame(), isLive, buffer.framing());
  }
}
