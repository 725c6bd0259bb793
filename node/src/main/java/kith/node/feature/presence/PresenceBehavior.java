package kith.node.feature.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.feature.presence.Presence.Command;
import kith.node.feature.presence.Presence.FromNode;
import kith.node.feature.presence.Presence.ToSession;
import kith.node.platform.cluster.NodeActors;
import kith.node.platform.config.Intervals;
import kith.node.privacy.PrivacyPolicy;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Implements [Presence] in two halves: it reports this node's users to all nodes that subscribed
/// to them, itself included; and it sends its sessions the reports of the nodes about the users
/// they watch.
///
/// Messages lost between nodes are repaired when subscriptions are renewed. When a node dies, its
/// reports are dropped.
public final class PresenceBehavior extends AbstractMatchingBehavior<Command> {
  private final TimerScheduler<Command> timers;
  private final Duration grace;
  private final Clock clock;
  private final LastSeen lastSeen;
  private final ActorRef<FromNode> self;

  private final LocalPresence<ActorRef<ToSession>> local;
  private final NodeSubscriptions<ActorRef<FromNode>> subscriptions = new NodeSubscriptions<>();
  private final Map<String, PresenceState> unreported = new HashMap<>();

  private final WatchLists<ActorRef<ToSession>, ActorRef<FromNode>> watchLists = new WatchLists<>();
  private final NodeActors<FromNode> nodes;
  private final Set<ActorRef<FromNode>> leaving = new HashSet<>();

  /// @param grace how long a user who left keeps the status
  public static Behavior<Command> create(Duration grace, LastSeen lastSeen, Clock clock) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new PresenceBehavior(context, timers, grace, lastSeen, clock)));
  }

  private PresenceBehavior(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Duration grace,
      LastSeen lastSeen,
      Clock clock) {
    super(context);
    this.timers = timers;
    this.grace = grace;
    this.clock = clock;
    this.lastSeen = lastSeen;
    this.self = context.getSelf().narrow();
    this.local = new LocalPresence<>(grace, lastSeen::seen);
    timers.startTimerWithFixedDelay(new Presence.Expire(), Intervals.PRESENCE_EXPIRY);
    timers.startTimerWithFixedDelay(new Presence.Renew(), Intervals.PRESENCE_RENEWAL);
    timers.startTimerWithFixedDelay(new Presence.RecordSeen(), Intervals.LAST_SEEN_RECORD);
    this.nodes =
        NodeActors.register(context, Presence.EVERY_NODE, self, Presence.NodesChanged::new);
    watchLists.addNode(self);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Presence.Here here -> onHere(here);
      case Presence.Choose(var user, var policy) -> onChoose(user, policy);
      case Presence.Watch watch -> onWatch(watch);
      case Presence.SessionEnded(var session) -> onSessionEnded(session);
      case Presence.Subscribe(var users, var node) -> onSubscribe(users, node);
      case Presence.Report report -> onReport(report);
      case Presence.Leave _ -> onLeave();
      case Presence.Leaving(var node) -> onLeaving(node);
      case Presence.Forget(var node) -> forget(node);
      case Presence.NodesChanged(NodeActors.Listing<FromNode> listing) -> onNodesListed(listing);
      case Presence.NodesChanged(NodeActors.Ended<FromNode>(var node)) -> onNodeEnded(node);
      case Presence.LookedUp(var users, var stored) -> onLookedUp(users, stored);
      case Presence.SendReports _ -> sendReports();
      case Presence.SendToSessions _ -> sendToSessions();
      case Presence.Expire _ -> onExpire();
      case Presence.Renew _ -> onRenew();
      case Presence.RecordSeen _ -> onRecordSeen();
    };
  }

  // users of this node

  private Behavior<Command> onHere(Presence.Here here) {
    watch(here.session());
    local
        .update(here.session(), here.user(), here.status(), here.policy(), now())
        .ifPresent(this::report);
    return this;
  }

  /// Sessions send the policy too, but the account may have none.
  private Behavior<Command> onChoose(String user, PrivacyPolicy policy) {
    report(local.state(user).with(policy));
    return this;
  }

  private void watch(ActorRef<ToSession> session) {
    if (!local.has(session) && !watchLists.has(session))
      getContext().watchWith(session, new Presence.SessionEnded(session));
  }

  private Behavior<Command> onSessionEnded(ActorRef<ToSession> session) {
    watchLists.removeSession(session);
    local.remove(session, now()).ifPresent(this::report);
    return this;
  }

  private Behavior<Command> onExpire() {
    local.expire(now()).forEach(this::report);
    return watchLists.hasUnsent() ? sendToSessions() : this;
  }

  private Behavior<Command> onRecordSeen() {
    local.recordSeen(now());
    subscriptions.expire(now());
    return this;
  }

  private void report(PresenceState state) {
    unreported.put(state.user(), state);
    if (!timers.isTimerActive(new Presence.SendReports())) sendReports();
  }

  /// The first change is sent at once, those that follow soon together.
  private Behavior<Command> sendReports() {
    if (unreported.isEmpty()) return this;
    timers.startSingleTimer(new Presence.SendReports(), Intervals.LIVE);
    var statesByNode = new HashMap<ActorRef<FromNode>, List<PresenceState>>();
    for (var state : unreported.values())
      for (var node : subscriptions.nodesFor(state.user()))
        statesByNode.computeIfAbsent(node, _ -> new ArrayList<>()).add(state);
    unreported.clear();
    statesByNode.forEach(this::sendStates);
    return this;
  }

  private Behavior<Command> onSubscribe(List<String> users, ActorRef<FromNode> node) {
    subscriptions.add(node, users, now().plus(Intervals.PRESENCE_SUBSCRIPTION));
    var states = new ArrayList<PresenceState>();
    var absent = new ArrayList<String>();
    for (var user : users) {
      var state = local.state(user);
      if (state.equals(PresenceState.absent(user))) absent.add(user);
      else states.add(state);
    }
    sendStates(node, states);
    if (!absent.isEmpty()) node.tell(new Presence.Report(List.of(), absent, self));
    return this;
  }

  private void sendStates(ActorRef<FromNode> node, List<PresenceState> states) {
    for (var some : MessageParts.of(states, PresenceState::weight))
      node.tell(new Presence.Report(some, List.of(), self));
  }

  // users that sessions watch

  private Behavior<Command> onWatch(Presence.Watch watch) {
    watch(watch.session());
    var unknown =
        watchLists.watch(
            watch.session(), watch.number(), watch.users(), now().plus(Intervals.NODE_ANSWER));
    subscribe(nodes.all(), unknown);
    lookUp(unknown);
    return sendSoon();
  }

  private void subscribe(Collection<ActorRef<FromNode>> at, Set<String> users) {
    for (var some : MessageParts.of(users, _ -> 1))
      for (var node : at) node.tell(new Presence.Subscribe(some, self));
  }

  private void lookUp(Set<String> users) {
    if (users.isEmpty()) return;
    getContext()
        .pipeToSelf(
            lastSeen.of(users),
            (stored, fault) ->
                new Presence.LookedUp(
                    users, fault == null ? Optional.of(stored) : Optional.empty()));
  }

  private Behavior<Command> onLookedUp(Set<String> users, Optional<List<PresenceState>> stored) {
    watchLists.lookedUp(users, stored.orElse(List.of()));
    return sendSoon();
  }

  private Behavior<Command> onReport(Presence.Report report) {
    watchLists.reported(report.from(), report.states());
    watchLists.reported(
        report.from(), report.absent().stream().map(PresenceState::absent).toList());
    return sendSoon();
  }

  private Behavior<Command> sendSoon() {
    return timers.isTimerActive(new Presence.SendToSessions()) ? this : sendToSessions();
  }

  private Behavior<Command> sendToSessions() {
    var unsent = watchLists.takeUnsent(now());
    unsent.forEach(ActorRef::tell);
    if (!unsent.isEmpty()) timers.startSingleTimer(new Presence.SendToSessions(), Intervals.LIVE);
    return this;
  }

  private Behavior<Command> onRenew() {
    subscribe(nodes.all(), watchLists.renewed());
    return this;
  }

  private Behavior<Command> onNodesListed(NodeActors.Listing<FromNode> listing) {
    var joined = nodes.update(listing);
    joined.forEach(watchLists::addNode);
    subscribe(joined, watchLists.users());
    return this;
  }

  private Behavior<Command> onNodeEnded(ActorRef<FromNode> node) {
    nodes.remove(node);
    subscriptions.remove(node);
    if (!leaving.remove(node)) return forget(node);
    watchLists.closeNode(node);
    timers.startSingleTimer(new Presence.Forget(node), grace);
    return sendSoon();
  }

  private Behavior<Command> forget(ActorRef<FromNode> node) {
    lookUp(watchLists.removeNode(node));
    return sendSoon();
  }

  private Behavior<Command> onLeave() {
    for (var node : nodes.others()) node.tell(new Presence.Leaving(self));
    return this;
  }

  private Behavior<Command> onLeaving(ActorRef<FromNode> node) {
    if (nodes.all().contains(node)) leaving.add(node);
    return this;
  }

  /// Times are stored and shown in milliseconds.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
