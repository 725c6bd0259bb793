package kith.node.session;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.presence.Discretion;
import kith.node.presence.Presence;
import kith.node.presence.Word;
import kith.node.room.RoomView;
import kith.protocol.Status;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Presences;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// What a session says of its own person, and what its client has on the screen of others.
///
/// The client may watch whom it likes: of those it may not know of, it is told what it would be
/// told if they did not exist. While the socket takes nothing, only the latest of each is kept.
final class SessionPresence {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final ActorContext<Session.Command> context;
  private final TimerScheduler<Session.Command> timers;
  private final SessionWorld world;
  private final Outbound outbound;
  private final String user;
  private final ActorRef<Presence.ToSession> ears;

  private boolean isIdle;
  private long activeAt;

  private long number;
  private Optional<String> room = Optional.empty();
  private Set<String> asked = Set.of();
  private Set<String> allowed = Set.of();
  private final Set<String> departed = new HashSet<>();
  private final Map<String, Word> words = new HashMap<>();
  private final Map<String, Presences.Presence> shown = new HashMap<>();
  private final Set<String> dirty = new HashSet<>();

  SessionPresence(
      ActorContext<Session.Command> context,
      TimerScheduler<Session.Command> timers,
      SessionWorld world,
      Outbound outbound,
      String user) {
    this.context = context;
    this.timers = timers;
    this.world = world;
    this.outbound = outbound;
    this.user = user;
    this.ears = context.messageAdapter(Presence.ToSession.class, Session.FromPresence::new);
  }

  void begin() {
    isActive();
    lookWhetherQuiet();
    tellStatus();
  }

  // this person

  void is(Status status) {
    isIdle = status == Status.IDLE;
    tellStatus();
  }

  private void tellStatus() {
    world
        .presence()
        .tell(new Presence.Here(user, isIdle ? Status.IDLE : Status.ONLINE, Discretion.NONE, ears));
  }

  /// The client did something that somebody does who is there.
  void isActive() {
    activeAt = world.nanoClock().getAsLong();
  }

  /// A client that never says that it is idle is so when nothing was done for long.
  void lookWhetherQuiet() {
    var quiet = Duration.ofNanos(world.nanoClock().getAsLong() - activeAt);
    var left = world.settings().idleAfter().minus(quiet);
    if (!left.isPositive()) is(Status.IDLE);
    var next = left.isPositive() ? left : world.settings().idleAfter();
    timers.startSingleTimer(new Session.LookWhetherQuiet(), next);
  }

  // those on the screen

  void watch(Optional<String> room, Collection<String> users) {
    number++;
    this.room = room;
    asked = new LinkedHashSet<>(users);
    allowed = Set.of();
    departed.clear();
    words.clear();
    shown.clear();
    dirty.clear();
    askRoom();
  }

  void askRoom() {
    if (room.isEmpty()) {
      watch(Set.of());
      return;
    }
    var of = number;
    context.pipeToSelf(
        world.rooms().look(room.get(), new RoomView.Those(user, asked)),
        (answer, fault) ->
            new Session.MembersKnown(of, fault == null ? Optional.of(answer) : Optional.empty()));
  }

  void onMembers(long of, Optional<RoomView.Answer> answer) {
    if (of != number) return;
    switch (answer.orElse(new RoomView.Denied(kith.protocol.Code.UNAVAILABLE))) {
      case RoomView.AreMembers(var members) -> watch(members);
      case RoomView.Denied(var code) when code == kith.protocol.Code.UNAVAILABLE ->
          timers.startSingleTimer(new Session.AskRoomAgain(), AGAIN);
      case RoomView.Answer _ -> watch(Set.of());
    }
  }

  private void watch(Set<String> members) {
    allowed = new HashSet<>(asked);
    allowed.removeIf(it -> !it.equals(user) && (!members.contains(it) || departed.contains(it)));
    world.presence().tell(new Presence.Watch(number, allowed, ears));
  }

  void departed(String from, String who) {
    if (!room.equals(Optional.of(from)) || !asked.contains(who)) return;
    departed.add(who);
    if (allowed.remove(who)) dirty.add(who);
    tell();
  }

  /// This session has not got the room open any more.
  void left(String from) {
    if (!room.equals(Optional.of(from))) return;
    dirty.addAll(allowed);
    allowed.retainAll(Set.of(user));
    departed.addAll(asked);
    tell();
  }

  void on(Presence.ToSession told) {
    if (told.number() != number) return;
    for (var word : told.words()) {
      words.put(word.user(), word);
      dirty.add(word.user());
    }
    if (told.whole()) tellAll();
    else tell();
  }

  private void tellAll() {
    dirty.clear();
    var all = asked.stream().map(this::seen).toList();
    for (var one : all) shown.put(one.user(), one);
    outbound.say(new ServerFrame.Presence(all, true));
  }

  /// What has changed, as far as the socket takes it.
  void tell() {
    // the whole is still to come
    if (shown.isEmpty() || dirty.isEmpty()) return;
    if (!outbound.hasRoom()) {
      outbound.signalWhenDrained();
      return;
    }
    var changes =
        dirty.stream().map(this::seen).filter(it -> !it.equals(shown.get(it.user()))).toList();
    dirty.clear();
    for (var one : changes) shown.put(one.user(), one);
    if (!changes.isEmpty()) outbound.say(new ServerFrame.Presence(changes, false));
  }

  private Presences.Presence seen(String who) {
    var word = words.get(who);
    if (word == null || !allowed.contains(who))
      return new Presences.Presence(who, Status.OFFLINE, Optional.empty());
    return new Presences.Presence(
        who, word.status(), word.isThere() ? Optional.empty() : word.lastSeen());
  }
}
