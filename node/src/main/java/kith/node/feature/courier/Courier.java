package kith.node.feature.courier;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import kith.node.feature.courier.Target.State;
import kith.node.platform.config.CourierIntervals;
import kith.node.platform.config.Intervals;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/// Delivers to one target, one message at a time. It has one instance in the whole cluster.
///
/// The data that must survive is in its row: the position, and the state of the target. A position
/// is stored after the receiver has accepted, once for all that a step delivered, so a crash in
/// between sends the same things again.
final class Courier extends AbstractMatchingBehavior<Courier.Command> {
  static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "courier");

  sealed interface Command extends CborSerializable {}

  /// There may be entries to deliver. May be lost or sent twice: [CourierWorker] searches, too.
  ///
  /// @param changed the row of the target was changed
  record Wake(boolean changed) implements Command {}

  private record Loaded(Optional<Target> target) implements Command {}

  private record Stepped(Carrier.Step step) implements Command {}

  /// @param target as it is stored now
  /// @param then a failure that followed, and is stored next
  private record Stored(Target target, boolean isCurrent, Optional<Carrier.Failed> then)
      implements Command {}

  /// The database or a room did not answer.
  private record Faulted(String reason) implements Command {}

  private record Again() implements Command {}

  private record Idle() implements Command {}

  /// Sharding asks it to leave this node.
  record Stop() implements Command {}

  /// The services that all couriers of a node share.
  ///
  /// @param deadAfter a target that failed for this long is given up
  /// @param random from 0 to 1
  record Surroundings(
      CourierTable table,
      Map<String, Carrier> carriersByKind,
      Duration deadAfter,
      Clock clock,
      DoubleSupplier random) {}

  private final String id;
  private final Surroundings node;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final TimerScheduler<Command> timers;
  private Optional<Target> target = Optional.empty();
  private boolean isWanted;
  private boolean isBusy;
  private boolean isStopping;

  // of the step under way, which reads it on other threads
  private AtomicBoolean interruption = new AtomicBoolean();

  static Behavior<Command> create(
      String id, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings node) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new Courier(context, timers, id, shard, node)));
  }

  private Courier(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String id,
      ActorRef<ClusterSharding.ShardCommand> shard,
      Surroundings node) {
    super(context);
    this.id = id;
    this.node = node;
    this.shard = shard;
    this.timers = timers;
    timers.startTimerWithFixedDelay(new Idle(), CourierIntervals.COURIER_IDLE);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Wake(var changed) -> onWake(changed);
      case Loaded(var found) -> onLoaded(found);
      case Stepped(var step) -> onStepped(step);
      case Stored(var stored, var isCurrent, var then) -> onStored(stored, isCurrent, then);
      case Faulted(var reason) -> onFaulted(reason);
      case Again _ -> {
        isWanted = true;
        yield next();
      }
      case Idle _ -> onIdle();
      case Stop _ -> onStop();
    };
  }

  private Behavior<Command> onWake(boolean changed) {
    if (changed) {
      timers.cancel(new Again());
      // a step under way ends, and finds out when it compares the position
      if (isBusy) interruption.set(true);
      else target = Optional.empty();
    } else if (timers.isTimerActive(new Again())) return this;
    isWanted = true;
    return next();
  }

  private Behavior<Command> next() {
    if (isBusy) return this;
    if (isStopping) return Behaviors.stopped();
    if (!isWanted) return this;
    if (target.isEmpty()) return load();
    var known = target.get();
    if (known.state() != State.ACTIVE) return rest();
    var now = node.clock().instant();
    if (known.nextTry().filter(now::isBefore).isPresent())
      return after(Duration.between(now, known.nextTry().get()));
    return step(known);
  }

  private Behavior<Command> rest() {
    isWanted = false;
    target = Optional.empty();
    return this;
  }

  private Behavior<Command> after(Duration wait) {
    isWanted = false;
    timers.startSingleTimer(new Again(), wait.isNegative() ? Duration.ZERO : wait);
    return this;
  }

  private Behavior<Command> load() {
    isBusy = true;
    getContext()
        .pipeToSelf(
            node.table().find(id),
            (found, fault) -> fault == null ? new Loaded(found) : faulted(fault));
    return this;
  }

  private Behavior<Command> onLoaded(Optional<Target> found) {
    isBusy = false;
    target = found;
    return found.isEmpty() ? rest() : next();
  }

  private Behavior<Command> step(Target known) {
    var carrier = node.carriersByKind().get(known.kind());
    // a node of another release may know its kind
    if (carrier == null) return rest();
    isBusy = true;
    isWanted = false;
    interruption = new AtomicBoolean();
    getContext()
        .pipeToSelf(
            carrier.step(known, interruption::get),
            (step, fault) -> fault == null ? new Stepped(step) : faulted(fault));
    return this;
  }

  private Behavior<Command> onStepped(Carrier.Step step) {
    var known = target.orElseThrow();
    var now = node.clock().instant();
    return switch (step) {
      case Carrier.UpToDate() -> free();
      case Carrier.Passed(var to) ->
          store(node.table().pass(known, to), known.at(to), Optional.empty());
      case Carrier.Delivered(var to, var then) ->
          store(node.table().deliver(known, to, now), known.deliveredAt(to, now), then);
      case Carrier.Failed failed -> fail(known, failure(known, failed, now));
      case Carrier.Ended(var reason) -> fail(known, Failure.ended(known, reason, now));
      case Carrier.Postponed(var delay) -> {
        isBusy = false;
        yield isStopping ? Behaviors.stopped() : after(delay);
      }
      case Carrier.Changed() -> {
        target = Optional.empty();
        isWanted = true;
        yield free();
      }
    };
  }

  private Failure failure(Target known, Carrier.Failed failed, Instant now) {
    return Failure.of(
        known,
        failed.reason(),
        failed.retryAfter(),
        failed.isFinal(),
        node.deadAfter(),
        now,
        node.random());
  }

  private Behavior<Command> fail(Target known, Failure failure) {
    if (failure.state() == State.ACTIVE)
      getContext().getLog().debug("courier={} failures={}", id, failure.failures());
    else
      getContext()
          .getLog()
          .warn("courier={} state={} reason=\"{}\"", id, failure.state().word(), failure.reason());
    return store(node.table().fail(known, failure), known.with(failure), Optional.empty());
  }

  private Behavior<Command> store(
      CompletionStage<Boolean> write, Target after, Optional<Carrier.Failed> then) {
    isWanted = true;
    getContext()
        .pipeToSelf(
            write,
            (isCurrent, fault) ->
                fault == null ? new Stored(after, isCurrent, then) : faulted(fault));
    return this;
  }

  private Behavior<Command> onStored(
      Target stored, boolean isCurrent, Optional<Carrier.Failed> then) {
    if (isCurrent && then.isPresent())
      return fail(stored, failure(stored, then.get(), node.clock().instant()));
    target = isCurrent ? Optional.of(stored) : Optional.empty();
    return free();
  }

  private Behavior<Command> free() {
    isBusy = false;
    return next();
  }

  private static Faulted faulted(Throwable fault) {
    return new Faulted(String.valueOf(fault.getMessage()));
  }

  /// The fault is not the receiver's, and does not count as a failure.
  private Behavior<Command> onFaulted(String reason) {
    getContext().getLog().warn("courier={} action=retry fault=\"{}\"", id, reason);
    isBusy = false;
    target = Optional.empty();
    return isStopping ? Behaviors.stopped() : after(Intervals.RETRY);
  }

  private Behavior<Command> onIdle() {
    if (!isBusy && !timers.isTimerActive(new Again()))
      shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
    return this;
  }

  /// The result of the current step is stored first, so that the next node does not send it again.
  private Behavior<Command> onStop() {
    isStopping = true;
    interruption.set(true);
    return isBusy ? this : Behaviors.stopped();
  }
}
