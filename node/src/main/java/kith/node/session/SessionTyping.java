package kith.node.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kith.node.people.Circle;
import kith.node.room.RoomRelay;
import kith.node.room.Typists.Typist;
import kith.protocol.frame.ServerFrame;

/// Who writes something in the rooms that a session has open, and what of it the client knows.
final class SessionTyping {
  private static final int PER_SECOND = 2;
  private static final int BURST = 10;

  private final SessionWorld world;
  private final Outbound outbound;
  private final String user;
  private final RateLimit rate;
  private final Map<String, List<String>> shown = new HashMap<>();

  SessionTyping(SessionWorld world, Outbound outbound, String user) {
    this.world = world;
    this.outbound = outbound;
    this.user = user;
    this.rate = new RateLimit(PER_SECOND, BURST, world.nanoClock().getAsLong());
  }

  /// More than anybody types is passed over in silence.
  boolean mayType() {
    return rate.take(world.nanoClock().getAsLong()) == 0;
  }

  /// A client that takes nothing has no use for what is over in a moment.
  void on(RoomRelay.Typing typing, Circle circle) {
    var users =
        typing.typists().stream()
            .filter(it -> !it.user().equals(user) && !it.hiddenFrom().contains(user))
            .map(Typist::user)
            .filter(it -> !circle.hasBlocked(it))
            .sorted()
            .toList();
    if (users.equals(shown.getOrDefault(typing.room(), List.of())) || !outbound.hasRoom()) return;
    if (users.isEmpty()) shown.remove(typing.room());
    else shown.put(typing.room(), users);
    outbound.say(new ServerFrame.Typing(typing.room(), users));
  }

  void left(String room) {
    shown.remove(room);
  }
}
