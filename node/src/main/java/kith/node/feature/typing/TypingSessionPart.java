package kith.node.feature.typing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.core.relay.RoomRelay;
import kith.node.core.session.RateLimit;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.node.feature.presence.PresenceSessionPart;
import kith.node.feature.typing.TypingUsers.Typist;
import kith.node.platform.config.SessionSettings;
import kith.node.privacy.Privacy;
import kith.node.privacy.Privacy.Topic;
import kith.node.privacy.Viewer;
import kith.protocol.ShownTo;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// Reports this client's typing, and sends it the other users typing in its open rooms.
///
/// While the socket is full, only the latest list of each room is kept.
public final class TypingSessionPart implements SessionPart.WithFrames<ClientFrame.Typing> {

  /// The session part of this feature. It uses the part of presence.
  public record Factory(SessionSettings settings) implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new TypingSessionPart(host, settings);
    }

    @Override
    public Optional<Class<? extends ClientFrame.OfFeature>> frames() {
      return Optional.of(ClientFrame.Typing.class);
    }
  }

  private final SessionHost host;
  private final PresenceSessionPart presence;
  private final RateLimit rate;
  private final Map<String, List<String>> sentByRoom = new HashMap<>();
  private final Map<String, List<String>> unsentByRoom = new HashMap<>();

  private TypingSessionPart(SessionHost host, SessionSettings settings) {
    this.host = host;
    this.presence = host.part(PresenceSessionPart.class);
    this.rate = host.newRate(settings.typingPerSecond(), settings.typingBurst());
  }

  /// Frames above the rate are dropped without an error: the next one replaces them.
  @Override
  public void on(ClientFrame.Typing frame) {
    var relations = host.relations();
    if (rate.take(host.nanos()) > 0) return;
    var policy = relations.policy();
    if (policy.audience(Topic.TYPING) == ShownTo.NOBODY || presence.isInvisible()) return;
    if (host.isSilenced(frame.room())) return;
    var typist = new Typist(host.user(), policy);
    var rooms = host.rooms();
    rooms
        .relay(frame.room())
        .ifPresent(relay -> relay.tell(new RelayTyping.Report(typist, rooms.self())));
  }

  @Override
  public void fromRelay(RoomRelay.PartWord word) {
    if (word instanceof RelayTyping.Changed typing) onTyping(typing);
  }

  private void onTyping(RelayTyping.Changed typing) {
    var viewer = new Viewer(host.user(), host.relations());
    var users =
        typing.typists().stream()
            .filter(it -> !it.user().equals(viewer.user()))
            .filter(it -> Privacy.mayKnow(Topic.TYPING, viewer, it.user(), it.policy()))
            .map(Typist::user)
            .sorted()
            .toList();
    unsentByRoom.put(typing.room(), users);
    drained();
  }

  @Override
  public void drained() {
    var outbound = host.outbound();
    unsentByRoom.entrySet().removeIf(it -> outbound.hasRoom() && send(it.getKey(), it.getValue()));
    if (!unsentByRoom.isEmpty()) outbound.signalWhenDrained();
  }

  private boolean send(String room, List<String> users) {
    if (users.equals(sentByRoom.getOrDefault(room, List.of()))) return true;
    if (users.isEmpty()) sentByRoom.remove(room);
    else sentByRoom.put(room, users);
    host.outbound().send(new ServerFrame.Typing(room, users));
    return true;
  }

  @Override
  public void left(String room) {
    sentByRoom.remove(room);
    unsentByRoom.remove(room);
  }
}
