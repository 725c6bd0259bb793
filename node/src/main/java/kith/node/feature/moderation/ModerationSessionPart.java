package kith.node.feature.moderation;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import kith.node.core.relay.RoomRelay;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.protocol.frame.ClientFrame;

/// Tells one client what concerns its user in its open rooms, and keeps a muted user's typing from
/// the others.
///
/// While the socket is full, only the latest state of each room is kept.
final class ModerationSessionPart implements SessionPart {

  record Factory(Clock clock) implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new ModerationSessionPart(host, clock);
    }
  }

  private final SessionHost host;
  private final Clock clock;
  private final Map<String, Concern> concerns = new HashMap<>();
  private final Map<String, Concern> sent = new HashMap<>();
  private final Set<String> unsent = new LinkedHashSet<>();

  private ModerationSessionPart(SessionHost host, Clock clock) {
    this.host = host;
    this.clock = clock;
  }

  @Override
  public void opened(String room) {
    var rooms = host.rooms();
    rooms
        .relay(room)
        .ifPresent(relay -> relay.tell(new RelayModeration.Follow(host.user(), rooms.self())));
  }

  @Override
  public void fromRelay(RoomRelay.PartWord word) {
    if (!(word instanceof RelayModeration.Changed(var room, var concern))) return;
    // a word of the relay may cross with the end of the room on this socket
    if (host.rooms().relay(room).isEmpty()) return;
    concerns.put(room, concern);
    unsent.add(room);
    drained();
  }

  @Override
  public void drained() {
    var outbound = host.outbound();
    unsent.removeIf(room -> outbound.hasRoom() && send(room));
    if (!unsent.isEmpty()) outbound.signalWhenDrained();
  }

  private boolean send(String room) {
    var concern = concerns.getOrDefault(room, Concern.NONE);
    if (!concern.equals(sent.getOrDefault(room, Concern.NONE))) {
      host.outbound().send(concern.frame(room));
      sent.put(room, concern);
    }
    return true;
  }

  @Override
  public boolean isSilenced(String room) {
    return concerns.getOrDefault(room, Concern.NONE).isMuted(clock.instant());
  }

  @Override
  public void left(String room) {
    concerns.remove(room);
    sent.remove(room);
    unsent.remove(room);
  }
}
