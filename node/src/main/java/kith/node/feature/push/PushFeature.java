package kith.node.feature.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.core.relay.Relays;
import kith.node.core.room.RoomPart;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.feature.courier.Carrier;
import kith.node.feature.courier.Couriers;
import kith.node.feature.reminders.DueReminders;
import kith.node.gateway.http.Edge;
import kith.node.platform.config.CourierIntervals;
import kith.node.platform.database.BatchWriter;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.http.javadsl.server.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notifications of devices. A room notes messages about which members may have to be notified
/// ([PushRoom]), and nodes look for due reminders ([ReminderWorker]); couriers decide at the moment
/// of sending ([PushCarrier]).
public final class PushFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(PushFeature.class);

  private final ActorSystem<?> system;
  private final Couriers couriers;
  private final PushSettings settings;
  private final Clock clock;
  private final VapidKey vapid;
  private final List<PushService> services;
  private final PushTable table;
  private final DueReminders reminders;
  private final EmailTable emailTable;
  private final Optional<Emails> emails;
  private final PushIndex index = new PushIndex();
  private final BatchWriter.Input<Candidate> noted;
  private final BatchWriter.Input<Instant> active;
  private volatile Optional<PushWorker> worker = Optional.empty();

  /// @param spawn starts the writer of candidates
  /// @param spawnActivity starts the writer of times at which users were active
  /// @param waiting candidates that wait for the database
  public PushFeature(
      ActorSystem<?> system,
      Function<Behavior<BatchWriter.Command<Candidate>>, ActorRef<BatchWriter.Command<Candidate>>>
          spawn,
      Function<Behavior<BatchWriter.Command<Instant>>, ActorRef<BatchWriter.Command<Instant>>>
          spawnActivity,
      Jdbc jdbc,
      int waiting,
      DueReminders reminders,
      Couriers couriers,
      PushSettings settings,
      Clock clock) {
    this.system = system;
    this.couriers = couriers;
    this.settings = settings;
    this.clock = clock;
    this.table = new PushTable(jdbc);
    this.reminders = reminders;
    this.emailTable = new EmailTable(jdbc);
    this.emails = settings.email().map(it -> emails(couriers, it, clock));
    this.vapid = new VapidKey(new VapidTable(jdbc, couriers.secrets(), settings.contact())::load);
    this.services = List.of(new Ntfy(), new WebPush(vapid::known, settings.lifetime(), clock));
    this.noted = BatchWriter.start(spawn, jdbc, waiting, (earlier, _) -> earlier, PushTable::add);
    this.active =
        BatchWriter.start(spawnActivity, jdbc, waiting, (_, later) -> later, PushTable::active);
  }

  private static Emails emails(Couriers couriers, EmailSettings settings, Clock clock) {
    return new Emails(
        couriers.outbound(),
        new Smtp(settings, couriers.settings().requestTime(), couriers.tls(), clock),
        couriers.secrets(),
        settings.address(),
        settings.interval());
  }

  /// The time for which a message may still cause a notification: a digest waits longer than a
  /// notification.
  static Duration kept(PushSettings settings) {
    return settings
        .email()
        .map(it -> it.interval().multipliedBy(2))
        .filter(it -> it.compareTo(settings.lifetime()) > 0)
        .orElse(settings.lifetime());
  }

  private void note(Candidate candidate) {
    // batches are written in the order of their keys: that of the room
    noted.keep(
        "%s %s %020d".formatted(candidate.account(), candidate.room(), candidate.seq()), candidate);
  }

  @Override
  public List<String> names() {
    return List.of("push");
  }

  @Override
  public List<RoomPart.Factory> roomParts() {
    return List.of(room -> new PushRoom(room.id(), index, this::note));
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new PushSessionPart.Factory(index, active::keep, clock));
  }

  @Override
  public List<String> accountTables() {
    return List.of(
        "push_account", "push_level", "push_event", "push_activity", "push_shown", "push_email");
  }

  @Override
  public void start(Edge edge) {
    var worker =
        new PushWorker(
            table, index, edge.rooms(), this::note, couriers::changed, kept(settings), clock);
    this.worker = Optional.of(worker);
    var reminderWorker =
        new ReminderWorker(
            reminders,
            table,
            index,
            services.stream().map(PushService::kind).toList(),
            new ReminderWorker.Wake(couriers::wake, couriers::changed),
            settings.delay(),
            settings.lifetime(),
            clock);
    repeat(Duration.ZERO, CourierIntervals.COURIER_LOOK, vapid::read);
    repeat(CourierIntervals.COURIER_LOOK, CourierIntervals.COURIER_LOOK, worker::read);
    repeat(CourierIntervals.COURIER_LOOK, CourierIntervals.COURIER_LOOK, worker::withdraw);
    repeat(CourierIntervals.COURIER_LOOK, CourierIntervals.COURIER_LOOK, reminderWorker::look);
    repeat(Duration.ZERO, CourierIntervals.PUSH_RECOVERY, worker::recover);
    repeat(CourierIntervals.COURIER_TIDYING, CourierIntervals.COURIER_TIDYING, worker::tidy);
    repeat(
        CourierIntervals.COURIER_TIDYING, CourierIntervals.COURIER_TIDYING, reminderWorker::tidy);
    repeat(CourierIntervals.COURIER_TIDYING, CourierIntervals.COURIER_TIDYING, this::tidy);
  }

  @Override
  public List<Route> routes(Edge edge) {
    var worker = this.worker.orElseThrow();
    return List.of(
        new EmailRoutes(emails, emailTable, couriers, table, worker, edge, settings, clock).route(),
        new PushRoutes(
                couriers,
                services.stream().collect(Collectors.toMap(PushService::kind, Function.identity())),
                vapid::known,
                table,
                worker,
                edge,
                emails,
                settings,
                clock)
            .route());
  }

  private void tidy() {
    var _ =
        emailTable
            .forget(clock.instant())
            .exceptionally(fault -> {
              LOG.warn("email codes=not-removed reason=\"{}\"", fault.toString());
              return 0;
            });
  }

  private void repeat(Duration first, Duration interval, Runnable work) {
    var _ =
        system.scheduler().scheduleWithFixedDelay(first, interval, work, system.executionContext());
  }

  public List<Carrier.Factory> carriers() {
    return Stream.concat(
            services.stream().<Carrier.Factory>map(this::carrier),
            emails.stream().<Carrier.Factory>map(this::carrier))
        .toList();
  }

  private Carrier.Factory carrier(Emails sender) {
    return (edge, _, targets) ->
        new EmailCarrier(sender, edge.rooms(), edge.accounts(), table, targets, settings, clock);
  }

  private Carrier.Factory carrier(PushService service) {
    return (edge, outbound, targets) ->
        new PushCarrier(
            service,
            edge.rooms(),
            edge.accounts(),
            table,
            reminders,
            targets,
            outbound,
            couriers.secrets(),
            settings,
            clock);
  }
}
