package kith.node.platform.cluster;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/// The actors of one kind in the cluster, one on each node, including this one.
///
/// An unreachable node's actor stays until the node is removed from the cluster, since it may come
/// back. A dead node's actor is removed when its end is signalled; the receptionist may list it for
/// a while longer.
public final class NodeActors<T> {
  /// A change of the other actors, as an actor receives it.
  public sealed interface Change<T> {}

  /// A listing of the receptionist.
  public record Listing<T>(Set<ActorRef<T>> all, Set<ActorRef<T>> reachable) implements Change<T> {
    public Listing {
      all = Set.copyOf(all);
      reachable = Set.copyOf(reachable);
    }
  }

  public record Ended<T>(ActorRef<T> node) implements Change<T> {}

  private final ActorRef<T> self;
  private final Consumer<ActorRef<T>> watch;
  private final Set<ActorRef<T>> all = new HashSet<>();
  private final Set<ActorRef<T>> ended = new HashSet<>();
  private Set<ActorRef<T>> reachable;

  NodeActors(ActorRef<T> self, Consumer<ActorRef<T>> watch) {
    this.self = self;
    this.watch = watch;
    this.reachable = Set.of(self);
    all.add(self);
  }

  /// Registers this node's actor and subscribes it to the listings of the others.
  ///
  /// @param changed makes the actor's message for a change, which it passes to `apply`
  public static <C, T> NodeActors<T> register(
      ActorContext<C> context,
      ServiceKey<T> key,
      ActorRef<T> self,
      Function<Change<T>, C> changed) {
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(key, self));
    var listings =
        context.messageAdapter(
            Receptionist.Listing.class,
            listing ->
                changed.apply(
                    new Listing<>(
                        listing.getAllServiceInstances(key), listing.getServiceInstances(key))));
    receptionist.tell(Receptionist.subscribe(key, listings));
    return new NodeActors<>(
        self, node -> context.watchWith(node, changed.apply(new Ended<>(node))));
  }

  /// @return whether the reachable actors have changed; messages may have been lost
  public boolean apply(Change<T> change) {
    var before = reachable;
    switch (change) {
      case Listing<T> listing -> update(listing);
      case Ended<T>(var node) -> remove(node);
    }
    return !reachable.equals(before);
  }

  /// @return the actors that are new
  public Set<ActorRef<T>> update(Listing<T> listing) {
    ended.retainAll(listing.all());
    var joined = new HashSet<>(listing.all());
    joined.removeAll(ended);
    joined.removeAll(all);
    joined.forEach(watch);
    all.addAll(joined);
    reachable = without(ended, listing.reachable());
    return joined;
  }

  public void remove(ActorRef<T> node) {
    all.remove(node);
    ended.add(node);
    reachable = without(ended, reachable);
  }

  private static <E> Set<E> without(Set<E> some, Set<E> all) {
    var rest = new HashSet<>(all);
    rest.removeAll(some);
    return Set.copyOf(rest);
  }

  public Set<ActorRef<T>> all() {
    return Set.copyOf(all);
  }

  public Set<ActorRef<T>> others() {
    return without(Set.of(self), all);
  }

  /// The actors on reachable nodes. A node that was unreachable may have lost messages in both
  /// directions.
  public Set<ActorRef<T>> reachable() {
    return reachable;
  }
}
