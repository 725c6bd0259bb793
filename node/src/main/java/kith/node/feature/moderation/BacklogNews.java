package kith.node.feature.moderation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.feature.ConnectedUsers;
import kith.node.feature.NodeNews;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// The open tasks of the moderators who are connected to this node, in all their rooms.
///
/// When a report, a request to join or the moderators of a room change, the room's node sends its
/// id to all nodes. Each node counts the tasks there for its own users, one look-up at a time;
/// changes during a look-up are in the next one. No room and no account is started for it.
final class BacklogNews extends AbstractMatchingBehavior<BacklogNews.Command> {
  private static final ServiceKey<FromNode> EVERY_NODE =
      ServiceKey.create(FromNode.class, "moderation-news");

  sealed interface Command {}

  /// Something changed in a room of this node.
  record Changed(String room) implements Command {}

  /// Sends a session all open tasks of its user, and each change.
  record Connected(String user, ActorRef<Backlog> session) implements Command {}

  /// The changes that one node sends to the others.
  record FromNode(Set<String> rooms) implements Command, CborSerializable {
    FromNode {
      rooms = Set.copyOf(rooms);
    }
  }

  private record LookUp() implements Command {}

  /// Requests end when they expire, and reports together with the account that made them.
  private record CountAgain() implements Command {}

  private record LookedUp(Asked asked, List<Backlog> found) implements Command {}

  private record NotLookedUp(Asked asked) implements Command {}

  private record Signalled(NodeNews.Signal<FromNode> signal) implements Command {}

  private record SessionEnded(String user, ActorRef<Backlog> session) implements Command {}

  /// The subject of one look-up.
  ///
  /// @param connected the users of this node at that time
  /// @param users of whom all rooms are asked for
  private record Asked(Set<String> rooms, Set<String> connected, Set<String> users) {
    boolean concerns(String user, String room) {
      return users.contains(user) || (rooms.contains(room) && connected.contains(user));
    }
  }

  /// Counts the open tasks.
  interface LookUps {
    /// The open tasks of the `connected` in these rooms, and of the `users` in all rooms, without
    /// rooms that have none.
    CompletionStage<List<Backlog>> of(Set<String> rooms, Set<String> connected, Set<String> users);
  }

  private final LookUps lookUps;
  private final TimerScheduler<Command> timers;
  private final NodeNews<Command, String, FromNode> news;
  private final ConnectedUsers<Backlog> users = new ConnectedUsers<>();

  /// The state last sent, by user and room, without rooms that have no open tasks.
  private final Map<String, Map<String, Backlog>> toldByUser = new HashMap<>();

  private final Set<String> changed = new LinkedHashSet<>();

  private boolean isLookingUp;

  static Behavior<Command> create(LookUps lookUps) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new BacklogNews(context, timers, lookUps)));
  }

  private BacklogNews(
      ActorContext<Command> context, TimerScheduler<Command> timers, LookUps lookUps) {
    super(context);
    this.timers = timers;
    this.lookUps = lookUps;
    this.news =
        new NodeNews<>(
            context, timers, EVERY_NODE, rooms -> new FromNode(Set.copyOf(rooms)), Signalled::new);
    timers.startTimerWithFixedDelay(new CountAgain(), Intervals.BACKLOG_RECOUNT);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Changed(var room) -> onChanged(room);
      case FromNode(var rooms) -> onNews(rooms);
      case Connected(var user, var session) -> onConnected(user, session);
      case LookUp _ -> lookUp();
      case CountAgain _ -> onCountAgain();
      case LookedUp(var asked, var found) -> onLookedUp(asked, found);
      case NotLookedUp(var asked) -> onNotLookedUp(asked);
      case SessionEnded(var user, var session) -> onSessionEnded(user, session);
      case Signalled(var signal) -> onSignal(signal);
    };
  }

  private Behavior<Command> onChanged(String room) {
    news.add(room);
    return this;
  }

  private Behavior<Command> onNews(Set<String> rooms) {
    if (users.isEmpty()) return this;
    note(rooms);
    return lookUp();
  }

  private void note(Set<String> rooms) {
    changed.addAll(rooms);
    if (changed.size() <= Portions.NEWS) return;
    // the bound on memory: all rooms of all users are looked up instead
    changed.clear();
    users.forgetAll();
  }

  private Behavior<Command> lookUp() {
    if (isLookingUp || (changed.isEmpty() && users.areKnown())) return this;
    isLookingUp = true;
    var unknown = users.takeUnknown(Portions.BACKLOG_ACCOUNTS);
    var asked = new Asked(Set.copyOf(changed), users.names(), unknown);
    changed.clear();
    getContext()
        .pipeToSelf(
            lookUps.of(asked.rooms(), asked.connected(), asked.users()),
            (found, fault) -> fault == null ? new LookedUp(asked, found) : new NotLookedUp(asked));
    return this;
  }

  private Behavior<Command> onLookedUp(Asked asked, List<Backlog> found) {
    isLookingUp = false;
    var gone = new HashSet<Backlog>();
    toldByUser.forEach((user, told) -> {
      for (var room : told.keySet())
        if (asked.concerns(user, room)) gone.add(Backlog.nothing(user, room));
    });
    for (var pending : found) {
      gone.remove(Backlog.nothing(pending.account(), pending.room()));
      tell(pending);
    }
    gone.forEach(this::tell);
    return lookUp();
  }

  private void tell(Backlog pending) {
    if (!users.has(pending.account())) return;
    var told = toldByUser.computeIfAbsent(pending.account(), _ -> new HashMap<>());
    if (pending.isNothing()) told.remove(pending.room());
    else told.put(pending.room(), pending);
    if (told.isEmpty()) toldByUser.remove(pending.account());
    users.tell(pending.account(), pending);
  }

  /// The database does not answer: asks again later.
  private Behavior<Command> onNotLookedUp(Asked asked) {
    note(asked.rooms());
    users.forget(asked.users());
    isLookingUp = false;
    timers.startSingleTimer(new LookUp(), Intervals.BACKLOG_RETRY);
    return this;
  }

  private Behavior<Command> onCountAgain() {
    users.forget(toldByUser.keySet());
    return lookUp();
  }

  private Behavior<Command> onConnected(String user, ActorRef<Backlog> session) {
    users.add(user, session);
    getContext().watchWith(session, new SessionEnded(user, session));
    return lookUp();
  }

  private Behavior<Command> onSessionEnded(String user, ActorRef<Backlog> session) {
    if (users.remove(user, session)) toldByUser.remove(user);
    return this;
  }

  private Behavior<Command> onSignal(NodeNews.Signal<FromNode> signal) {
    if (!news.on(signal)) return this;
    users.forgetAll();
    return lookUp();
  }
}
