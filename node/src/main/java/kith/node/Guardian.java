package kith.node;

import java.util.List;
import java.util.concurrent.Executor;
import kith.node.cluster.Membership;
import kith.node.config.NodeSettings;
import kith.node.database.Database;
import kith.node.database.Jdbc;
import kith.node.http.HealthRoutes;
import kith.node.http.HttpServer;
import kith.node.http.NodeReadiness;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;

/// The first actor: it spawns and wires what a node is made of, and nothing else.
final class Guardian extends AbstractMatchingBehavior<Guardian.Command> {

  sealed interface Command {}

  /// Sent once, when the node has joined its cluster.
  record Serve(ActorRef<StatusReply<ServerBinding>> replyTo) implements Command {}

  private final NodeSettings settings;
  private final Membership membership;
  private final Jdbc jdbc;
  private final byte[] tokenKey;
  private final Clock clock = Clock.systemUTC();

  static Behavior<Command> create(NodeSettings settings, Database database) {
    return Behaviors.setup(context -> new Guardian(context, settings, database));
  }

  private Guardian(ActorContext<Command> context, NodeSettings settings, Database database) {
    super(context);
    this.settings = settings;
    this.membership = Membership.of(context.getSystem());
    this.jdbc = new Jdbc(database.source(), executor("kith.dispatcher.database"));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Serve(var replyTo) -> onServe(replyTo);
    };
  }

  private Behavior<Command> onServe(ActorRef<StatusReply<ServerBinding>> replyTo) {
    HttpServer.bind(getContext().getSystem(), settings.http(), routes())
        .whenComplete((binding, fault) ->
            replyTo.tell(fault == null ? StatusReply.success(binding) : StatusReply.error(fault)));
    return this;
  }

  /// Everything that is served, in one place.
  private List<Route> routes() {
    var readiness = new NodeReadiness(getContext().getSystem(), membership, jdbc);
    return List.of(new HealthRoutes(readiness).route());
  }

  private Executor executor(String dispatcher) {
    return getContext().getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(dispatcher));
  }
}
