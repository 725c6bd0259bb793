package kith.node.feature.typing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import kith.node.core.session.Outbound;
import kith.node.core.session.RateLimit;
import kith.node.feature.typing.TypingUsers.Typist;
import kith.node.privacy.Privacy;
import kith.node.privacy.Privacy.Topic;
import kith.node.privacy.Relations;
import kith.node.privacy.Viewer;
import kith.protocol.frame.ServerFrame;

/// Who writes something in the rooms that a session has open, and what of it the client knows.
public final class SessionTyping {
  private static final int PER_SECOND = 2;
  private static final int BURST = 10;

  private final LongSupplier nanoClock;
  private final Outbound outbound;
  private final String user;
  private final RateLimit rate;
  private final Map<String, List<String>> shown = new HashMap<>();

  /// The newest of each open room that the socket did not take.
  private final Map<String, List<String>> untold = new HashMap<>();

  public SessionTyping(LongSupplier nanoClock, Outbound outbound, String user) {
    this.nanoClock = nanoClock;
    this.outbound = outbound;
    this.user = user;
    this.rate = new RateLimit(PER_SECOND, BURST, nanoClock.getAsLong());
  }

  /// More than anybody types is passed over in silence.
  public boolean mayType() {
    return rate.take(nanoClock.getAsLong()) == 0;
  }

  public void on(RelayTyping.Changed typing, Relations circle) {
    var viewer = new Viewer(user, circle);
    var users =
        typing.typists().stream()
            .filter(it -> !it.user().equals(user))
            .filter(it -> Privacy.mayKnow(Topic.TYPING, viewer, it.user(), it.policy()))
            .map(Typist::user)
            .sorted()
            .toList();
    untold.put(typing.room(), users);
    tell();
  }

  /// As far as the socket takes it; of what is over in a moment, only the newest.
  public void tell() {
    untold.entrySet().removeIf(it -> outbound.hasRoom() && tell(it.getKey(), it.getValue()));
    if (!untold.isEmpty()) outbound.signalWhenDrained();
  }

  private boolean tell(String room, List<String> users) {
    if (users.equals(shown.getOrDefault(room, List.of()))) return true;
    if (users.isEmpty()) shown.remove(room);
    else shown.put(room, users);
    outbound.say(new ServerFrame.Typing(room, users));
    return true;
  }

  public void left(String room) {
    shown.remove(room);
    untold.remove(room);
  }
}
