package kith.node.feature.presence;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kith.node.core.room.RoomView;
import kith.node.core.session.Outbound;
import kith.node.core.session.Session;
import kith.node.core.session.SessionContext;
import kith.node.privacy.Privacy.Topic;
import kith.node.privacy.Relations;
import kith.node.privacy.Viewer;
import kith.protocol.Code;
import kith.protocol.ShownTo;
import kith.protocol.Status;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.Whereabouts;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// What a session says of its own person, and what its client has on the screen of others.
///
/// The client may watch whom it likes: of those it may not know of, it is told what it would be
/// told if they did not exist. While the socket takes nothing, only the latest of each is kept.
final class SessionPresence {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final RoomView.Denied NOT_NOW = new RoomView.Denied(Code.UNAVAILABLE);

  private final ActorContext<Session.Command> context;
  private final TimerScheduler<Session.Command> timers;
  private final SessionContext world;
  private final Outbound outbound;
  private final String user;
  private final ActorRef<Presence.ToSession> ears;

  private Relations circle;
  private Status chosen;
  private boolean isIdle;
  private boolean isQuiet;
  private long activeAt;

  private long number;
  private boolean isAskingRoom;
  private Optional<String> room = Optional.empty();
  private Set<String> asked = Set.of();
  private Set<String> members = Set.of();
  private Set<String> allowed = Set.of();

  /// Who came into the room and went since it was asked.
  private final Set<String> arrived = new HashSet<>();

  private final Set<String> departed = new HashSet<>();
  private final Map<String, PresenceState> words = new HashMap<>();
  private final Map<String, Whereabouts> shown = new HashMap<>();
  private final Set<String> dirty = new HashSet<>();

  SessionPresence(
      ActorContext<Session.Command> context,
      TimerScheduler<Session.Command> timers,
      SessionContext world,
      Outbound outbound,
      String user,
      Relations circle,
      Status chosen) {
    this.context = context;
    this.timers = timers;
    this.world = world;
    this.outbound = outbound;
    this.user = user;
    this.circle = circle;
    this.chosen = chosen;
    this.ears = context.messageAdapter(Presence.ToSession.class, Session.FromPresence::new);
  }

  void begin() {
    isActive();
    lookWhetherQuiet();
    tellStatus();
  }

  // this person

  /// `IDLE` is this device's affair, and so is being back from it; all else is the account's.
  ///
  /// @return what the account is to be asked for
  Optional<Status> is(Status status) {
    var isBack = status == Status.ONLINE && isIdle;
    if (status != Status.IDLE && !isBack) return Optional.of(status);
    isIdle = status == Status.IDLE;
    tellStatus();
    return Optional.empty();
  }

  /// What the account has chosen for all its devices.
  void chosen(Status status) {
    if (chosen == status) return;
    chosen = status;
    tellStatus();
    if (asked.contains(user)) dirty.add(user);
    tell();
  }

  void circleIs(Relations now) {
    circle = now;
    tellStatus();
    if (isAskingRoom) return;
    var before = allowed;
    allowed = allowed();
    dirty.addAll(asked);
    if (before.containsAll(allowed)) tell();
    else watch();
  }

  private void tellStatus() {
    var isAway = chosen == Status.ONLINE && (isIdle || isQuiet);
    var status = isAway ? Status.IDLE : chosen;
    world.presence().tell(new Presence.Here(user, status, circle.policy(), ears));
  }

  boolean isInvisible() {
    return chosen == Status.INVISIBLE;
  }

  boolean mayBeSeenTyping() {
    return circle.policy().audience(Topic.TYPING) != ShownTo.NOBODY && !isInvisible();
  }

  /// The client did something that somebody does who is there.
  void isActive() {
    activeAt = world.nanoClock().getAsLong();
    if (!isQuiet) return;
    isQuiet = false;
    tellStatus();
  }

  /// A client that never says that it is idle is so when nothing was done for long.
  void lookWhetherQuiet() {
    var quiet = Duration.ofNanos(world.nanoClock().getAsLong() - activeAt);
    var left = world.settings().idleAfter().minus(quiet);
    if (!left.isPositive() && !isQuiet) {
      isQuiet = true;
      tellStatus();
    }
    var next = left.isPositive() ? left : world.settings().idleAfter();
    timers.startSingleTimer(new Session.LookWhetherQuiet(), next);
  }

  // those on the screen

  void watch(Optional<String> room, Collection<String> users) {
    number++;
    this.room = room;
    asked = new LinkedHashSet<>(users);
    members = Set.of();
    allowed = Set.of();
    arrived.clear();
    departed.clear();
    words.clear();
    shown.clear();
    dirty.clear();
    askRoom();
  }

  void askRoom() {
    if (room.isEmpty()) {
      membersAre(Set.of());
      return;
    }
    isAskingRoom = true;
    var of = number;
    context.pipeToSelf(
        world.rooms().look(room.get(), new RoomView.Those(user, asked)),
        (answer, fault) ->
            new Session.MembersKnown(of, fault == null ? Optional.of(answer) : Optional.empty()));
  }

  void onMembers(long of, Optional<RoomView.Answer> answer) {
    if (of != number) return;
    switch (answer.orElse(NOT_NOW)) {
      case RoomView.AreMembers(var some) -> membersAre(some);
      case RoomView.Denied denied when denied.equals(NOT_NOW) ->
          timers.startSingleTimer(new Session.AskRoomAgain(), AGAIN);
      case RoomView.Answer _ -> membersAre(Set.of());
    }
  }

  private void membersAre(Set<String> now) {
    isAskingRoom = false;
    members = now;
    allowed = allowed();
    world.presence().tell(new Presence.Watch(number, allowed, ears));
  }

  /// Others have come into the circle: their presence is not known yet.
  private void watch() {
    number++;
    world.presence().tell(new Presence.Watch(number, allowed, ears));
  }

  private Set<String> allowed() {
    return asked.stream().filter(this::mayKnowOf).collect(Collectors.toSet());
  }

  private boolean mayKnowOf(String who) {
    return who.equals(user)
        || circle.contacts().contains(who)
        || arrived.contains(who)
        || (members.contains(who) && !departed.contains(who));
  }

  void arrived(String to, String who) {
    if (!room.equals(Optional.of(to)) || !asked.contains(who)) return;
    departed.remove(who);
    arrived.add(who);
    if (isAskingRoom || allowed.contains(who)) return;
    allowed = allowed();
    watch();
  }

  /// Somebody has left a room, and was there on no other grounds.
  void departed(String from, String who) {
    if (!room.equals(Optional.of(from)) || !asked.contains(who)) return;
    arrived.remove(who);
    departed.add(who);
    dirty.add(who);
    allowed = allowed();
    tell();
  }

  /// This session has not got the room open any more.
  void left(String from) {
    if (!room.equals(Optional.of(from))) return;
    arrived.clear();
    departed.addAll(asked);
    dirty.addAll(asked);
    allowed = allowed();
    tell();
  }

  void on(Presence.ToSession told) {
    if (told.number() != number) return;
    for (var word : told.states()) {
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

  private Whereabouts seen(String who) {
    var word = allowed.contains(who) ? words.get(who) : null;
    if (who.equals(user) && chosen == Status.INVISIBLE)
      return new Whereabouts(who, chosen, Optional.empty());
    return (word == null ? PresenceState.absent(who) : word).seenBy(new Viewer(user, circle));
  }
}
