package kith.node.feature.presence;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kith.node.core.room.RoomView;
import kith.node.core.session.SessionHost;
import kith.node.platform.config.Intervals;
import kith.node.privacy.Viewer;
import kith.protocol.Code;
import kith.protocol.Status;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.UserPresence;
import org.apache.pekko.actor.typed.ActorRef;

/// The users that a client has on the screen, and the presence that it has been sent.
///
/// A client may watch any name. A user whose presence it may not see looks like a user who does not
/// exist. While the socket is full, only the latest state of each user is kept.
final class WatchedUsers {
  private static final RoomView.Denied NOT_NOW = new RoomView.Denied(Code.UNAVAILABLE);

  private final SessionHost host;
  private final PresenceSessionPart.Factory services;
  private final ActorRef<Presence.ToSession> fromPresence;
  private final OwnStatus own;
  private final String user;

  /// Answers to earlier questions are ignored.
  private long number;

  private boolean isAskingRoom;
  private Optional<String> room = Optional.empty();
  private Set<String> watched = Set.of();
  private Set<String> members = Set.of();
  private Set<String> allowed = Set.of();

  /// Users who joined and left the room since it was asked.
  private final Set<String> arrived = new HashSet<>();

  private final Set<String> departed = new HashSet<>();
  private final Map<String, PresenceState> statesByUser = new HashMap<>();
  private final Map<String, UserPresence> sentByUser = new HashMap<>();
  private final Set<String> changed = new HashSet<>();

  WatchedUsers(
      SessionHost host,
      PresenceSessionPart.Factory services,
      ActorRef<Presence.ToSession> fromPresence,
      OwnStatus own) {
    this.host = host;
    this.services = services;
    this.fromPresence = fromPresence;
    this.own = own;
    this.user = host.user();
  }

  void watch(Optional<String> room, Collection<String> users) {
    number++;
    this.room = room;
    watched = new LinkedHashSet<>(users);
    members = Set.of();
    allowed = Set.of();
    arrived.clear();
    departed.clear();
    statesByUser.clear();
    sentByUser.clear();
    changed.clear();
    askRoom();
  }

  void askRoom() {
    if (room.isEmpty()) {
      membersAre(Set.of());
      return;
    }
    isAskingRoom = true;
    var of = number;
    host.context()
        .pipeToSelf(
            services.rooms().look(room.get(), new RoomView.Those(user, watched)),
            (answer, fault) ->
                new PresenceSessionPart.MembersKnown(
                    of, fault == null ? Optional.of(answer) : Optional.empty()));
  }

  void onMembers(long of, Optional<RoomView.Answer> answer) {
    if (of != number) return;
    switch (answer.orElse(NOT_NOW)) {
      case RoomView.AreMembers(var some) -> membersAre(some);
      case RoomView.Denied denied when denied.equals(NOT_NOW) ->
          host.timers().startSingleTimer(new PresenceSessionPart.AskRoomAgain(), Intervals.RETRY);
      case RoomView.Answer _ -> membersAre(Set.of());
    }
  }

  private void membersAre(Set<String> now) {
    isAskingRoom = false;
    members = now;
    allowed = allowed();
    subscribe();
  }

  /// The answer repeats all users: the presence of some was missing before.
  private void subscribeAgain() {
    number++;
    subscribe();
  }

  private void subscribe() {
    services.presence().tell(new Presence.Watch(number, allowed, fromPresence));
  }

  private Set<String> allowed() {
    return watched.stream().filter(this::isRelated).collect(Collectors.toSet());
  }

  private boolean isRelated(String other) {
    return other.equals(user)
        || host.relations().contacts().contains(other)
        || arrived.contains(other)
        || (members.contains(other) && !departed.contains(other));
  }

  void relationsChanged() {
    if (isAskingRoom) return;
    var before = allowed;
    allowed = allowed();
    changed.addAll(watched);
    if (before.containsAll(allowed)) flush();
    else subscribeAgain();
  }

  void ownStatusChanged() {
    if (watched.contains(user)) changed.add(user);
    flush();
  }

  void arrived(String to, String other) {
    if (!room.equals(Optional.of(to)) || !watched.contains(other)) return;
    departed.remove(other);
    arrived.add(other);
    if (isAskingRoom || allowed.contains(other)) return;
    allowed = allowed();
    subscribeAgain();
  }

  void departed(String from, String other) {
    if (!room.equals(Optional.of(from)) || !watched.contains(other)) return;
    arrived.remove(other);
    departed.add(other);
    changed.add(other);
    allowed = allowed();
    flush();
  }

  /// This session no longer has the room open.
  void left(String from) {
    if (!room.equals(Optional.of(from))) return;
    arrived.clear();
    departed.addAll(watched);
    changed.addAll(watched);
    allowed = allowed();
    flush();
  }

  void on(Presence.ToSession changes) {
    if (changes.number() != number) return;
    for (var state : changes.states()) {
      statesByUser.put(state.user(), state);
      changed.add(state.user());
    }
    if (changes.whole()) sendAll();
    else flush();
  }

  private void sendAll() {
    changed.clear();
    var all = watched.stream().map(this::seen).toList();
    for (var one : all) sentByUser.put(one.user(), one);
    host.outbound().send(new ServerFrame.Presence(all, true));
  }

  /// Sends the changes, unless the socket is full or the first frame is still to come.
  void flush() {
    if (sentByUser.isEmpty() || changed.isEmpty()) return;
    var outbound = host.outbound();
    if (!outbound.hasRoom()) {
      outbound.signalWhenDrained();
      return;
    }
    var changes =
        changed.stream()
            .map(this::seen)
            .filter(it -> !it.equals(sentByUser.get(it.user())))
            .toList();
    changed.clear();
    for (var one : changes) sentByUser.put(one.user(), one);
    if (!changes.isEmpty()) outbound.send(new ServerFrame.Presence(changes, false));
  }

  private UserPresence seen(String other) {
    if (other.equals(user) && own.isInvisible())
      return new UserPresence(other, Status.INVISIBLE, Optional.empty());
    var state = allowed.contains(other) ? statesByUser.get(other) : null;
    return (state == null ? PresenceState.absent(other) : state)
        .seenBy(new Viewer(user, host.relations()));
  }
}
