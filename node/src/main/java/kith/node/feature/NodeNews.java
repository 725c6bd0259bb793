package kith.node.feature;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import kith.node.platform.cluster.NodeActors;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// Sends an actor's changes to all actors of its kind, one on each node, including itself. Changes
/// within a short time are sent as one message. Belongs to one actor.
///
/// @param <C> the commands of the actor
/// @param <T> a change
/// @param <M> the command with the changes of one node
public final class NodeNews<C, T, M extends C> {
  /// The message that the actor receives and passes to `on`.
  public sealed interface Signal<M> {}

  private record Flush<M>() implements Signal<M> {}

  private record NodesChanged<M>(NodeActors.Change<M> change) implements Signal<M> {}

  private final TimerScheduler<C> timers;
  private final Function<List<T>, M> message;
  private final C flush;
  private final NodeActors<M> nodes;
  private final Set<T> unsent = new LinkedHashSet<>();

  public NodeNews(
      ActorContext<C> context,
      TimerScheduler<C> timers,
      ServiceKey<M> everyNode,
      Function<List<T>, M> message,
      Function<Signal<M>, C> signalled) {
    this.timers = timers;
    this.message = message;
    this.flush = signalled.apply(new Flush<>());
    this.nodes =
        NodeActors.register(
            context,
            everyNode,
            context.getSelf().narrow(),
            change -> signalled.apply(new NodesChanged<>(change)));
  }

  public void add(T change) {
    unsent.add(change);
    if (unsent.size() >= Portions.NEWS) flush();
    else if (!timers.isTimerActive(flush)) timers.startSingleTimer(flush, flush, Intervals.LIVE);
  }

  /// Changes are lost when a node dies, and while a node is unreachable.
  ///
  /// @return whether that may have happened
  public boolean on(Signal<M> signal) {
    return switch (signal) {
      case NodesChanged<M>(var change) -> nodes.apply(change);
      case Flush<M> _ -> {
        flush();
        yield false;
      }
    };
  }

  private void flush() {
    timers.cancel(flush);
    var all = message.apply(List.copyOf(unsent));
    unsent.clear();
    nodes.all().forEach(node -> node.tell(all));
  }
}
