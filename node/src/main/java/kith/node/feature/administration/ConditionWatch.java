package kith.node.feature.administration;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import kith.node.core.session.Session;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// This node's copy of the server's condition, and the sessions that are notified of its changes.
/// While the database is unavailable the copy stays unchanged, as nothing can be changed then.
public final class ConditionWatch extends AbstractMatchingBehavior<ConditionWatch.Command> {
  public sealed interface Command {}

  /// Sends the session every later condition, as long as it lives.
  record Follow(ActorRef<Session.Command> session) implements Command {}

  private record Changed(ServerCondition condition) implements Command {}

  private record Ended(ActorRef<Session.Command> session) implements Command {}

  /// The copy, which any thread may read.
  public static final class Copy {
    private final ConditionTable table;
    private final ActorRef<Command> watch;
    private volatile ServerCondition known = ServerCondition.USUAL;

    Copy(ConditionTable table, ActorRef<Command> watch) {
      this.table = table;
      this.watch = watch;
    }

    ServerCondition now() {
      return known;
    }

    ConditionTable table() {
      return table;
    }

    /// Reads the condition if it has changed.
    public CompletionStage<Void> refresh() {
      return table.latest(known).thenAccept(this::set);
    }

    /// Of two reads that overlap, the later version stays.
    private synchronized void set(ServerCondition latest) {
      if (latest.version() <= known.version()) return;
      known = latest;
      watch.tell(new Changed(latest));
    }

    /// Continues after a change with the new condition on this node.
    <T> CompletionStage<T> after(Supplier<CompletionStage<T>> change) {
      return change.get().thenCompose(result -> refresh().thenApply(_ -> result));
    }

    void follow(ActorRef<Session.Command> session) {
      watch.tell(new Follow(session));
    }
  }

  private final Set<ActorRef<Session.Command>> sessions = new HashSet<>();

  static Behavior<Command> create() {
    return Behaviors.setup(ConditionWatch::new);
  }

  /// @param spawn starts the actor that informs sessions
  public static Copy start(
      Function<Behavior<Command>, ActorRef<Command>> spawn,
      Jdbc jdbc,
      AdministrationSettings settings) {
    return new Copy(
        new ConditionTable(jdbc, settings.networkBans(), settings.announcements()),
        spawn.apply(create()));
  }

  private ConditionWatch(ActorContext<Command> context) {
    super(context);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Follow(var session) -> {
        if (sessions.add(session)) getContext().watchWith(session, new Ended(session));
      }
      case Changed(var condition) ->
          sessions.forEach(it -> it.tell(new ConditionPart.Changed(condition)));
      case Ended(var session) -> sessions.remove(session);
    }
    return this;
  }
}
