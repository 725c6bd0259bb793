package kith.node.feature.inbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kith.node.platform.cluster.NodeActors;
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

/// Changes of rooms, for the inboxes of this node's sessions.
///
/// Rooms on this node report their changes. The changes of a short time are sent to each other node
/// in one message, which forwards them to its sessions that follow one of the rooms. A stopped room
/// reports nothing, and following a room does not start it.
public final class InboxNews extends AbstractMatchingBehavior<InboxNews.Command> {
  private static final ServiceKey<FromNode> EVERY_NODE = ServiceKey.create(FromNode.class, "news");

  public sealed interface Command {}

  /// From a room on this node.
  public record Changed(RoomSummary headline) implements Command {}

  /// Subscribes a session to more rooms.
  public record Follow(String user, Set<String> rooms, ActorRef<ToSession> session)
      implements Command {
    public Follow {
      rooms = Set.copyOf(rooms);
    }
  }

  public record Unfollow(String room, ActorRef<ToSession> session) implements Command {}

  /// The changes that one node sends to the others.
  public record FromNode(List<RoomSummary> headlines) implements Command, CborSerializable {
    public FromNode {
      headlines = List.copyOf(headlines);
    }
  }

  private record Flush() implements Command {}

  private record NodesChanged(NodeActors.Change<FromNode> change) implements Command {}

  private record SessionEnded(ActorRef<ToSession> session) implements Command {}

  /// Messages to sessions on this node. They never leave it.
  public sealed interface ToSession {}

  /// From now on the session receives every change of these rooms.
  public record Following(Set<String> rooms) implements ToSession {}

  public record New(List<RoomSummary> headlines) implements ToSession {}

  /// The user stopped being a member at entry `seq`.
  public record Gone(String room, long seq) implements ToSession {}

  /// Changes may have been missed: a node left with unsent changes, or a node is new and its
  /// earlier changes were not received.
  public record LookAgain() implements ToSession {}

  private record Follower(String user, Set<String> rooms) {}

  private final TimerScheduler<Command> timers;
  private final Map<String, RoomSummary> changed = new HashMap<>();
  private int mentions;
  private final Map<String, Set<ActorRef<ToSession>>> sessionsByRoom = new HashMap<>();
  private final Map<ActorRef<ToSession>, Follower> followers = new HashMap<>();
  private final NodeActors<FromNode> nodes;

  public static Behavior<Command> create() {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new InboxNews(context, timers)));
  }

  private InboxNews(ActorContext<Command> context, TimerScheduler<Command> timers) {
    super(context);
    this.timers = timers;
    this.nodes =
        NodeActors.register(context, EVERY_NODE, context.getSelf().narrow(), NodesChanged::new);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Changed(var headline) -> onChanged(headline);
      case Flush _ -> onFlush();
      case FromNode(var headlines) -> onNews(headlines);
      case Follow follow -> onFollow(follow);
      case Unfollow(var room, var session) -> onUnfollow(room, session);
      case SessionEnded(var session) -> onSessionEnded(session);
      case NodesChanged(var change) -> onNodesChanged(change);
    };
  }

  private Behavior<Command> onChanged(RoomSummary headline) {
    changed.merge(headline.room(), headline, RoomSummary::and);
    mentions += headline.mentions().map(List::size).orElse(0);
    if (changed.size() >= Portions.NEWS || mentions >= Portions.NEWS) return onFlush();
    if (!timers.isTimerActive(new Flush())) timers.startSingleTimer(new Flush(), Intervals.LIVE);
    return this;
  }

  private Behavior<Command> onFlush() {
    timers.cancel(new Flush());
    var all = new FromNode(List.copyOf(changed.values()));
    changed.clear();
    mentions = 0;
    nodes.others().forEach(node -> node.tell(all));
    return onNews(all.headlines());
  }

  private Behavior<Command> onNews(List<RoomSummary> headlines) {
    var newsBySession = new HashMap<ActorRef<ToSession>, List<RoomSummary>>();
    for (var headline : headlines) {
      // must be first: former members must not receive this summary
      headline.gone().forEach(it -> dismiss(headline.room(), it.user(), it.seq()));
      for (var session : sessionsByRoom.getOrDefault(headline.room(), Set.of()))
        newsBySession.computeIfAbsent(session, _ -> new ArrayList<>()).add(headline);
    }
    newsBySession.forEach((session, news) -> session.tell(new New(List.copyOf(news))));
    return this;
  }

  private void dismiss(String room, String user, long seq) {
    for (var session : List.copyOf(sessionsByRoom.getOrDefault(room, Set.of()))) {
      var follower = followers.get(session);
      if (follower == null || !follower.user().equals(user)) continue;
      onUnfollow(room, session);
      session.tell(new Gone(room, seq));
    }
  }

  private Behavior<Command> onFollow(Follow follow) {
    var session = follow.session();
    var known = followers.get(session);
    if (known == null) {
      known = new Follower(follow.user(), new HashSet<>());
      followers.put(session, known);
      getContext().watchWith(session, new SessionEnded(session));
    }
    for (var room : follow.rooms()) {
      known.rooms().add(room);
      sessionsByRoom.computeIfAbsent(room, _ -> new HashSet<>()).add(session);
    }
    session.tell(new Following(follow.rooms()));
    return this;
  }

  private Behavior<Command> onUnfollow(String room, ActorRef<ToSession> session) {
    var follower = followers.get(session);
    if (follower != null) follower.rooms().remove(room);
    remove(room, session);
    return this;
  }

  private void remove(String room, ActorRef<ToSession> session) {
    var sessions = sessionsByRoom.get(room);
    if (sessions == null) return;
    sessions.remove(session);
    if (sessions.isEmpty()) sessionsByRoom.remove(room);
  }

  private Behavior<Command> onSessionEnded(ActorRef<ToSession> session) {
    var follower = followers.remove(session);
    if (follower != null) follower.rooms().forEach(room -> remove(room, session));
    return this;
  }

  /// Changes are lost when a node dies, and while a node is unreachable.
  private Behavior<Command> onNodesChanged(NodeActors.Change<FromNode> change) {
    if (nodes.apply(change)) followers.keySet().forEach(session -> session.tell(new LookAgain()));
    return this;
  }
}
