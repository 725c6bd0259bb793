package kith.node.feature.reminders;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import kith.node.feature.ConnectedUsers;
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

/// The due reminders of users, for the sessions of this node.
///
/// Every second, each node reads from the table the accounts whose reminders became due, and reads
/// all due reminders of the connected ones. The node that writes a change sends the name of the
/// account to all nodes. So a session is sent the whole state, and no timer can be lost with a
/// node.
final class ReminderNews extends AbstractMatchingBehavior<ReminderNews.Command> {
  private static final ServiceKey<FromNode> EVERY_NODE =
      ServiceKey.create(FromNode.class, "reminder-news");

  sealed interface Command {}

  /// A reminder of this account was made, changed or removed, on this node.
  record Changed(String account) implements Command {}

  /// Subscribes a session to the due reminders of its user.
  record Connected(String user, ActorRef<Due> session) implements Command {}

  /// The message from one node to the others.
  record FromNode(String account) implements Command, CborSerializable {}

  private record Look() implements Command {}

  private record Became(Instant after, Instant until, List<String> accounts) implements Command {}

  private record NotRead() implements Command {}

  private record LookUp() implements Command {}

  private record LookedUp(Set<String> asked, List<Reminder> due) implements Command {}

  private record NotLookedUp(Set<String> asked) implements Command {}

  private record NodesChanged(NodeActors.Change<FromNode> change) implements Command {}

  private record SessionEnded(String user, ActorRef<Due> session) implements Command {}

  /// All reminders of a user that are due, the earliest first.
  record Due(List<Reminder> reminders) {
    Due {
      reminders = List.copyOf(reminders);
    }
  }

  /// Reads reminders.
  interface LookUps {
    CompletionStage<List<Reminder>> due(Set<String> accounts, Instant now);

    /// A page of accounts whose reminders became due, in their order.
    ///
    /// @param from the account before the first one
    CompletionStage<List<String>> became(Instant after, Instant until, String from);
  }

  private final LookUps lookUps;
  private final Clock clock;
  private final TimerScheduler<Command> timers;
  private final NodeActors<FromNode> nodes;
  private final ConnectedUsers<Due> users = new ConnectedUsers<>();

  /// The reminders that became due until then have been read.
  private Instant known;

  private boolean isLooking;
  private boolean isLookingUp;

  static Behavior<Command> create(LookUps lookUps, Clock clock) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new ReminderNews(context, timers, lookUps, clock)));
  }

  private ReminderNews(
      ActorContext<Command> context, TimerScheduler<Command> timers, LookUps lookUps, Clock clock) {
    super(context);
    this.lookUps = lookUps;
    this.clock = clock;
    this.timers = timers;
    this.known = clock.instant();
    this.nodes =
        NodeActors.register(context, EVERY_NODE, context.getSelf().narrow(), NodesChanged::new);
    timers.startTimerWithFixedDelay(new Look(), Intervals.REMINDERS_LOOK);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Changed(var account) -> onChanged(account);
      case Connected(var user, var session) -> onConnected(user, session);
      case FromNode(var account) -> onNews(account);
      case Look _ -> onLook();
      case Became(var after, var until, var accounts) -> onBecame(after, until, accounts);
      case NotRead _ -> onNotRead();
      case LookUp _ -> lookUp();
      case LookedUp(var asked, var due) -> onLookedUp(asked, due);
      case NotLookedUp(var asked) -> onNotLookedUp(asked);
      case SessionEnded(var user, var session) -> onSessionEnded(user, session);
      case NodesChanged(var change) -> onNodesChanged(change);
    };
  }

  private Behavior<Command> onChanged(String account) {
    nodes.others().forEach(node -> node.tell(new FromNode(account)));
    return onNews(account);
  }

  private Behavior<Command> onNews(String account) {
    users.forget(List.of(account));
    return lookUp();
  }

  private Behavior<Command> onConnected(String user, ActorRef<Due> session) {
    users.add(user, session);
    getContext().watchWith(session, new SessionEnded(user, session));
    return lookUp();
  }

  private Behavior<Command> onLook() {
    var now = clock.instant();
    if (users.isEmpty()) {
      // a connecting user is looked up anyway
      known = now;
    } else if (!isLooking) {
      isLooking = true;
      // a row may become visible a moment after its time
      look(known.minus(Intervals.REMINDERS_OVERLAP), now, "");
    }
    return this;
  }

  private void look(Instant after, Instant until, String from) {
    getContext()
        .pipeToSelf(
            lookUps.became(after, until, from),
            (accounts, fault) ->
                fault == null ? new Became(after, until, accounts) : new NotRead());
  }

  private Behavior<Command> onBecame(Instant after, Instant until, List<String> accounts) {
    users.forget(accounts);
    if (accounts.size() >= Portions.REMINDED_ACCOUNTS) {
      look(after, until, accounts.getLast());
    } else {
      isLooking = false;
      known = until;
    }
    return lookUp();
  }

  /// The next search begins where this one began.
  private Behavior<Command> onNotRead() {
    isLooking = false;
    return this;
  }

  private Behavior<Command> lookUp() {
    if (isLookingUp || users.areKnown()) return this;
    isLookingUp = true;
    var asked = users.takeUnknown(Portions.REMINDED_ACCOUNTS);
    getContext()
        .pipeToSelf(
            lookUps.due(asked, clock.instant()),
            (due, fault) -> fault == null ? new LookedUp(asked, due) : new NotLookedUp(asked));
    return this;
  }

  private Behavior<Command> onLookedUp(Set<String> asked, List<Reminder> due) {
    isLookingUp = false;
    var byUser = due.stream().collect(Collectors.groupingBy(Reminder::account));
    for (var user : asked) users.tell(user, new Due(byUser.getOrDefault(user, List.of())));
    return lookUp();
  }

  /// The database does not answer: asks again later.
  private Behavior<Command> onNotLookedUp(Set<String> asked) {
    isLookingUp = false;
    users.forget(asked);
    timers.startSingleTimer(new LookUp(), Intervals.REMINDERS_LOOK);
    return this;
  }

  private Behavior<Command> onSessionEnded(String user, ActorRef<Due> session) {
    users.remove(user, session);
    return this;
  }

  /// Changes are lost when a node dies, and while a node is unreachable.
  private Behavior<Command> onNodesChanged(NodeActors.Change<FromNode> change) {
    if (!nodes.apply(change)) return this;
    users.forgetAll();
    return lookUp();
  }
}
