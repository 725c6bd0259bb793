package kith.node.feature.typing;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kith.node.core.relay.RoomRelay;
import kith.node.core.relay.Subscribers;
import kith.node.core.room.Room;
import kith.node.feature.typing.TypingUsers.Typist;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The part of a relay that knows who writes something just now, here and on the other nodes, and
/// says so once in a moment.
public final class RelayTyping {
  private static final Duration MOMENT = Duration.ofMillis(500);

  private final String room;
  private final Clock clock;
  private final TimerScheduler<RoomRelay.Command> timers;
  private final ActorRef<RoomRelay.FromRoom> self;
  private final Subscribers audience;

  private final TypingUsers typists = new TypingUsers();
  private final Map<String, Typist> toPassOn = new HashMap<>();
  private boolean isChanged;

  public RelayTyping(
      String room,
      Clock clock,
      TimerScheduler<RoomRelay.Command> timers,
      ActorRef<RoomRelay.FromRoom> self,
      Subscribers audience) {
    this.room = room;
    this.clock = clock;
    this.timers = timers;
    this.self = self;
    this.audience = audience;
  }

  /// One of this node's sessions.
  public void here(Typist typist, Optional<ActorRef<Room.Command>> attachedTo) {
    add(typist);
    if (toPassOn.size() < TypingUsers.MOST) toPassOn.put(typist.user(), typist);
    sayUnlessJustSaid(attachedTo);
  }

  public void elsewhere(Typist typist, Optional<ActorRef<Room.Command>> attachedTo) {
    add(typist);
    sayUnlessJustSaid(attachedTo);
  }

  private void add(Typist typist) {
    isChanged |= typists.add(typist, clock.instant());
  }

  /// What somebody was writing is there now, or will not come.
  public void stopped(String user) {
    isChanged |= typists.remove(user);
  }

  private void sayUnlessJustSaid(Optional<ActorRef<Room.Command>> attachedTo) {
    if (!timers.isTimerActive(new RoomRelay.SayWhoTypes())) say(attachedTo);
  }

  public void say(Optional<ActorRef<Room.Command>> attachedTo) {
    isChanged |= typists.expire(clock.instant());
    if (isChanged) {
      var typing = new RoomRelay.Typing(room, typists.all());
      audience.all().forEach(session -> session.tell(typing));
    }
    isChanged = false;
    attachedTo.ifPresent(
        to -> toPassOn.values().forEach(typist -> to.tell(new Room.Typing(typist, self))));
    toPassOn.clear();
    if (!typists.isEmpty()) timers.startSingleTimer(new RoomRelay.SayWhoTypes(), MOMENT);
  }
}
