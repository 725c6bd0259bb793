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
import kith.node.privacy.PresencePrivacy;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

/// What [Presence] does. Two halves: it tells nodes, itself among them, of those of its people that
/// they watch; and it tells its sessions what nodes say of those on their screens.
///
/// What is lost between nodes is said again when the watch is renewed. A node that dies takes its
/// words with it.
public final class PresenceBehavior extends AbstractMatchingBehavior<Command> {
  /// What happens within it is said together.
  private static final Duration MOMENT = Duration.ofMillis(250);

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration RENEW = Duration.ofSeconds(20);

  /// Longer than a watch is kept that nobody has on the screen any more.
  private static final Duration LEASE = RENEW.multipliedBy(3);

  private static final Duration REMEMBER = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final TimerScheduler<Command> timers;
  private final Duration grace;
  private final Clock clock;
  private final LastSeen lastSeen;
  private final ActorRef<FromNode> self;

  private final LocalPresence<ActorRef<ToSession>> attendance;
  private final Leases<ActorRef<FromNode>> leases = new Leases<>();
  private final Map<String, PresenceState> changed = new HashMap<>();

  private final Watches<ActorRef<ToSession>, ActorRef<FromNode>> screens = new Watches<>();
  private final Set<ActorRef<FromNode>> nodes = new HashSet<>();
  private final Set<ActorRef<FromNode>> leaving = new HashSet<>();
  private final Set<ActorRef<FromNode>> gone = new HashSet<>();

  /// @param grace for so long somebody who left is shown as before
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
    this.attendance = new LocalPresence<>(grace, lastSeen::seen);
    timers.startTimerWithFixedDelay(new Presence.Look(), LOOK);
    timers.startTimerWithFixedDelay(new Presence.Renew(), RENEW);
    timers.startTimerWithFixedDelay(new Presence.Remember(), REMEMBER);
    joined(self);
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(Presence.EVERY_NODE, self));
    // those that cannot be reached just now are still there: they go when they are removed
    var listings =
        context.messageAdapter(
            Receptionist.Listing.class,
            listing -> new Presence.Nodes(listing.getAllServiceInstances(Presence.EVERY_NODE)));
    receptionist.tell(Receptionist.subscribe(Presence.EVERY_NODE, listings));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Presence.Here here -> onHere(here);
      case Presence.Choose(var user, var discretion) -> onChoose(user, discretion);
      case Presence.Watch watch -> onWatch(watch);
      case Presence.Ended(var session) -> onEnded(session);
      case Presence.Tell(var users, var node) -> onTell(users, node);
      case Presence.Told told -> onTold(told);
      case Presence.Leave _ -> onLeave();
      case Presence.Leaving(var node) -> onLeaving(node);
      case Presence.Forget(var node) -> forget(node);
      case Presence.Nodes(var all) -> onNodes(all);
      case Presence.NodeGone(var node) -> onNodeGone(node);
      case Presence.LookedUp(var users, var kept) -> onLookedUp(users, kept);
      case Presence.Flush _ -> flush();
      case Presence.Show _ -> show();
      case Presence.Look _ -> onLook();
      case Presence.Renew _ -> onRenew();
      case Presence.Remember _ -> onRemember();
    };
  }

  // who is here

  private Behavior<Command> onHere(Presence.Here here) {
    watch(here.session());
    attendance
        .is(here.session(), here.user(), here.status(), here.discretion(), now())
        .ifPresent(this::changed);
    return this;
  }

  /// Its sessions say so themselves, but it need not have any.
  private Behavior<Command> onChoose(String user, PresencePrivacy discretion) {
    lastSeen.discretion(user, discretion);
    changed(attendance.word(user).discreet(discretion));
    return this;
  }

  private void watch(ActorRef<ToSession> session) {
    if (!attendance.has(session) && !screens.has(session))
      getContext().watchWith(session, new Presence.Ended(session));
  }

  private Behavior<Command> onEnded(ActorRef<ToSession> session) {
    screens.end(session);
    attendance.end(session, now()).ifPresent(this::changed);
    return this;
  }

  private Behavior<Command> onLook() {
    attendance.expire(now()).forEach(this::changed);
    return screens.isAwaiting() ? show() : this;
  }

  private Behavior<Command> onRemember() {
    attendance.seen(now());
    leases.expire(now());
    return this;
  }

  private void changed(PresenceState word) {
    changed.put(word.user(), word);
    if (!timers.isTimerActive(new Presence.Flush())) flush();
  }

  /// The first change is told at once, what follows on it together.
  private Behavior<Command> flush() {
    if (changed.isEmpty()) return this;
    timers.startSingleTimer(new Presence.Flush(), MOMENT);
    var wordsByNode = new HashMap<ActorRef<FromNode>, List<PresenceState>>();
    for (var word : changed.values())
      for (var node : leases.of(word.user()))
        wordsByNode.computeIfAbsent(node, _ -> new ArrayList<>()).add(word);
    changed.clear();
    wordsByNode.forEach((node, words) -> {
      for (var some : MessageParts.of(words, PresenceState::weight)) tell(node, some, List.of());
    });
    return this;
  }

  private Behavior<Command> onTell(List<String> users, ActorRef<FromNode> node) {
    leases.add(node, users, now().plus(LEASE));
    var words = new ArrayList<PresenceState>();
    var absent = new ArrayList<String>();
    for (var user : users) {
      var word = attendance.word(user);
      if (word.equals(PresenceState.absent(user))) absent.add(user);
      else words.add(word);
    }
    for (var some : MessageParts.of(words, PresenceState::weight)) tell(node, some, List.of());
    if (!absent.isEmpty()) tell(node, List.of(), absent);
    return this;
  }

  private void tell(ActorRef<FromNode> node, List<PresenceState> words, List<String> absent) {
    node.tell(new Presence.Told(words, absent, self));
  }

  // who is on the screens

  private Behavior<Command> onWatch(Presence.Watch watch) {
    watch(watch.session());
    var unknown =
        screens.watch(watch.session(), watch.number(), watch.users(), now().plus(PATIENCE));
    ask(nodes, unknown);
    lookUp(unknown);
    return showSoon();
  }

  private void ask(Collection<ActorRef<FromNode>> whom, Set<String> users) {
    for (var some : MessageParts.of(users, _ -> 1))
      for (var node : whom) node.tell(new Presence.Tell(some, self));
  }

  private void lookUp(Set<String> users) {
    if (users.isEmpty()) return;
    getContext()
        .pipeToSelf(
            lastSeen.of(users),
            (kept, fault) ->
                new Presence.LookedUp(users, fault == null ? Optional.of(kept) : Optional.empty()));
  }

  private Behavior<Command> onLookedUp(Set<String> users, Optional<List<PresenceState>> kept) {
    screens.lookedUp(users, kept.orElse(List.of()));
    return showSoon();
  }

  private Behavior<Command> onTold(Presence.Told told) {
    screens.heard(told.from(), told.words());
    screens.heard(told.from(), told.absent().stream().map(PresenceState::absent).toList());
    return showSoon();
  }

  private Behavior<Command> showSoon() {
    return timers.isTimerActive(new Presence.Show()) ? this : show();
  }

  private Behavior<Command> show() {
    var told = screens.tell(now());
    told.forEach(ActorRef::tell);
    if (!told.isEmpty()) timers.startSingleTimer(new Presence.Show(), MOMENT);
    return this;
  }

  private Behavior<Command> onRenew() {
    ask(nodes, screens.renewed());
    return this;
  }

  // the nodes

  private Behavior<Command> onNodes(Set<ActorRef<FromNode>> all) {
    // the receptionist may list a dead node for a while
    gone.retainAll(all);
    for (var node : all) if (!nodes.contains(node) && !gone.contains(node)) joined(node);
    return this;
  }

  private void joined(ActorRef<FromNode> node) {
    nodes.add(node);
    screens.came(node);
    if (!node.equals(self)) getContext().watchWith(node, new Presence.NodeGone(node));
    ask(Set.of(node), screens.users());
  }

  private Behavior<Command> onNodeGone(ActorRef<FromNode> node) {
    nodes.remove(node);
    gone.add(node);
    leases.end(node);
    if (!leaving.remove(node)) return forget(node);
    screens.ended(node);
    timers.startSingleTimer(new Presence.Forget(node), grace);
    return showSoon();
  }

  private Behavior<Command> forget(ActorRef<FromNode> node) {
    lookUp(screens.went(node));
    return showSoon();
  }

  private Behavior<Command> onLeave() {
    for (var node : nodes) if (!node.equals(self)) node.tell(new Presence.Leaving(self));
    return this;
  }

  private Behavior<Command> onLeaving(ActorRef<FromNode> node) {
    if (nodes.contains(node)) leaving.add(node);
    return this;
  }

  /// Times are kept and shown: more than milliseconds is noise.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
