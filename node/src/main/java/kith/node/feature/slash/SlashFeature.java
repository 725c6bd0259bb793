package kith.node.feature.slash;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.relay.Relays;
import kith.node.core.room.PostRule;
import kith.node.core.room.Projection;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.feature.courier.Couriers;
import kith.node.gateway.http.Edge;
import kith.node.platform.config.Intervals;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands of bots. A bot registers them with a room ([CommandRoutes]); a member calls one, and
/// the bot answers ([CallRoutes]). Calls are posted to an address ([PostedCalls]), or calls and
/// answers for one user pass through the account to its sessions ([AccountCalls],
/// [CallsSessionPart]).
public final class SlashFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(SlashFeature.class);

  private final ActorSystem<?> system;
  private final Couriers couriers;
  private final SlashSettings settings;
  private final int bodyBytes;
  private final CallMetrics metrics;
  private final Clock clock;
  private final CommandTable commands;
  private final CallTable calls;

  /// @param bodyBytes the longest message
  public SlashFeature(
      ActorSystem<?> system,
      Couriers couriers,
      Jdbc jdbc,
      SlashSettings settings,
      int bodyBytes,
      CallMetrics metrics,
      Clock clock) {
    this.system = system;
    this.couriers = couriers;
    this.settings = settings;
    this.bodyBytes = bodyBytes;
    this.metrics = metrics;
    this.clock = clock;
    this.commands = new CommandTable(jdbc, settings.commandsPerRoom());
    this.calls = new CallTable(jdbc);
  }

  @Override
  public List<String> names() {
    return List.of("commands", "posted-calls");
  }

  @Override
  public List<PostRule> postRules() {
    return List.of(new CallRule());
  }

  @Override
  public List<Projection> projections() {
    return List.of(new CommandProjection());
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(AccountCalls.part());
  }

  @Override
  public List<String> accountTables() {
    return List.of("room_command", "command_call");
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new CallsSessionPart.Factory(calls, settings.openCalls(), clock));
  }

  @Override
  public List<Route> routes(Edge edge) {
    var following = following(edge);
    repeat(
        Intervals.CALLS_CHECK,
        () -> {
          var _ = following.expire();
        });
    var answers = new CallAnswers(calls, following, edge.rooms(), edge.accounts(), bodyBytes);
    var posted = new PostedCalls(couriers.outbound(), couriers.secrets(), answers, following);
    repeat(
        Intervals.CALLS_KEPT,
        () -> {
          following.tidy();
          rewrap(posted);
        });
    return List.of(
        new CommandRoutes(commands, couriers, edge, settings.commandsPerRoom()).route(),
        new CallRoutes(
                commands,
                calls,
                following,
                posted,
                answers,
                edge,
                settings.openCalls(),
                settings.callTime())
            .route());
  }

  /// The operator's secret may be another one now.
  private void rewrap(PostedCalls posted) {
    var _ =
        commands
            .rewrap(couriers.secrets().secretId(), posted::anew)
            .whenComplete((_, fault) -> {
              if (fault != null)
                LOG.warn("secrets=not-encrypted action=retry reason=\"{}\"", fault.toString());
            });
  }

  private Calls following(Edge edge) {
    return new Calls(
        calls, (user, command) -> edge.accounts().account(user).tell(command), metrics, clock);
  }

  private void repeat(Duration interval, Runnable work) {
    var _ =
        system
            .scheduler()
            .scheduleWithFixedDelay(interval, interval, work, system.executionContext());
  }
}
