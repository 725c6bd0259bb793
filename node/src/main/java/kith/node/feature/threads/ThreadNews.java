package kith.node.feature.threads;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/// Changes of followed threads, for the sessions of this node.
///
/// The node that writes a change sends the thread's key to all nodes. Each node looks up the state
/// of that thread for those of its followers that are connected to it, one look-up at a time;
/// changes during a look-up are in the next one.
final class ThreadNews extends AbstractMatchingBehavior<ThreadNews.Command> {
  private static final ServiceKey<FromNode> EVERY_NODE =
      ServiceKey.create(FromNode.class, "thread-news");

  sealed interface Command {}

  /// A change on this node.
  record Changed(Change change) implements Command {}

  /// Subscribes a session to the threads of its user.
  record Connected(String user, ActorRef<FollowTable.State> session) implements Command {}

  /// The changes that one node sends to the others.
  record FromNode(List<Change> changes) implements Command, CborSerializable {
    FromNode {
      changes = List.copyOf(changes);
    }
  }

  /// @param account the only follower concerned; absent if there are new replies
  record Change(String room, long root, Optional<String> account) {
    ThreadKey thread() {
      return new ThreadKey(room, root);
    }
  }

  private record LookUp() implements Command {}

  private record LookedUp(Asked asked, List<FollowTable.State> states) implements Command {}

  private record NotLookedUp(Asked asked) implements Command {}

  private record Signalled(NodeNews.Signal<FromNode> signal) implements Command {}

  private record SessionEnded(String user, ActorRef<FollowTable.State> session)
      implements Command {}

  /// The followers to notify of a change of a thread.
  ///
  /// @param all there are new replies, for all who follow it
  /// @param accounts that have read, followed or unfollowed it
  private record Audience(boolean all, Set<String> accounts) {
    static Audience of(Optional<String> account) {
      return new Audience(account.isEmpty(), account.map(Set::of).orElse(Set.of()));
    }

    Audience and(Audience other) {
      var both = new HashSet<>(accounts);
      both.addAll(other.accounts);
      return new Audience(all || other.all, both);
    }

    boolean has(FollowTable.State state) {
      return (all && state.isFollowed()) || accounts.contains(state.account());
    }
  }

  /// The subject of one look-up.
  ///
  /// @param users whose unread threads are asked for
  private record Asked(Map<ThreadKey, Audience> threads, Set<String> users) {
    boolean concerns(FollowTable.State state) {
      var audience = threads.get(state.thread());
      return users.contains(state.account()) || (audience != null && audience.has(state));
    }
  }

  /// Reads the states of threads.
  interface LookUps {
    CompletionStage<List<FollowTable.State>> of(Set<ThreadKey> threads, Set<String> accounts);

    CompletionStage<List<FollowTable.State>> unread(Set<String> accounts);
  }

  private final LookUps lookUps;
  private final TimerScheduler<Command> timers;
  private final NodeNews<Command, Change, FromNode> news;
  private final ConnectedUsers<FollowTable.State> users = new ConnectedUsers<>();

  private final Map<ThreadKey, Audience> changed = new LinkedHashMap<>();

  private boolean isLookingUp;

  static Behavior<Command> create(LookUps lookUps) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new ThreadNews(context, timers, lookUps)));
  }

  private ThreadNews(
      ActorContext<Command> context, TimerScheduler<Command> timers, LookUps lookUps) {
    super(context);
    this.timers = timers;
    this.lookUps = lookUps;
    this.news = new NodeNews<>(context, timers, EVERY_NODE, FromNode::new, Signalled::new);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Changed(var change) -> onChanged(change);
      case FromNode(var changes) -> onNews(changes);
      case Connected(var user, var session) -> onConnected(user, session);
      case LookUp _ -> lookUp();
      case LookedUp(var asked, var states) -> onLookedUp(asked, states);
      case NotLookedUp(var asked) -> onNotLookedUp(asked);
      case SessionEnded(var user, var session) -> onSessionEnded(user, session);
      case Signalled(var signal) -> onSignal(signal);
    };
  }

  private Behavior<Command> onChanged(Change change) {
    news.add(change);
    return this;
  }

  private Behavior<Command> onNews(List<Change> changes) {
    if (users.isEmpty()) return this;
    for (var change : changes)
      if (change.account().map(users::has).orElse(true))
        note(change.thread(), Audience.of(change.account()));
    return lookUp();
  }

  private void note(ThreadKey thread, Audience audience) {
    changed.merge(thread, audience, Audience::and);
    if (changed.size() <= Portions.NEWS) return;
    // the bound on memory: all unread threads are looked up instead
    changed.clear();
    users.forgetAll();
  }

  private Behavior<Command> lookUp() {
    if (isLookingUp || (changed.isEmpty() && users.areKnown())) return this;
    isLookingUp = true;
    var asked = new Asked(Map.copyOf(changed), users.takeUnknown(Portions.THREAD_ACCOUNTS));
    changed.clear();
    var ofThreads = lookUps.of(asked.threads().keySet(), users.names());
    var ofUsers = lookUps.unread(asked.users());
    getContext()
        .pipeToSelf(
            ofThreads.thenCombine(ofUsers, ThreadNews::both),
            (states, fault) ->
                fault == null ? new LookedUp(asked, states) : new NotLookedUp(asked));
    return this;
  }

  private static List<FollowTable.State> both(
      List<FollowTable.State> some, List<FollowTable.State> others) {
    var all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private Behavior<Command> onLookedUp(Asked asked, List<FollowTable.State> states) {
    isLookingUp = false;
    for (var state : states) if (asked.concerns(state)) users.tell(state.account(), state);
    return lookUp();
  }

  /// The database does not answer: asks again later.
  private Behavior<Command> onNotLookedUp(Asked asked) {
    asked.threads().forEach(this::note);
    users.forget(asked.users());
    isLookingUp = false;
    timers.startSingleTimer(new LookUp(), Intervals.THREADS_RETRY);
    return this;
  }

  private Behavior<Command> onConnected(String user, ActorRef<FollowTable.State> session) {
    users.add(user, session);
    getContext().watchWith(session, new SessionEnded(user, session));
    return lookUp();
  }

  private Behavior<Command> onSessionEnded(String user, ActorRef<FollowTable.State> session) {
    users.remove(user, session);
    return this;
  }

  private Behavior<Command> onSignal(NodeNews.Signal<FromNode> signal) {
    if (!news.on(signal)) return this;
    users.forgetAll();
    return lookUp();
  }
}
