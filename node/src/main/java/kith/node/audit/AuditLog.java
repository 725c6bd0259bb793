package kith.node.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.node.platform.config.Intervals;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/// The audit log, which has one instance in the whole cluster: one writer makes one chain. Its rate
/// is bounded, because log-ins cost slow hashes and administrators are few.
final class AuditLog
    extends EventSourcedBehaviorWithEnforcedReplies<AuditLog.Command, AuditEvent, AuditState> {
  static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "audit");

  /// The only instance.
  static final String ID = "log";

  sealed interface Command extends CborSerializable {}

  /// Adds entries. After a lost answer they may be added twice.
  record Append(List<AuditEntry> entries, ActorRef<Appended> replyTo) implements Command {
    Append {
      entries = List.copyOf(entries);
    }
  }

  /// Seals and deletes rows that are older than the retention time.
  record Prune() implements Command {}

  record LookUp(ActorRef<End> replyTo) implements Command {}

  private record Old(Optional<AuditChain.Row> last) implements Command {}

  private record Stop() implements Command {}

  record Appended() implements CborSerializable {}

  /// The latest row, to which a check compares the rows in the database.
  record End(long number, String hash) implements CborSerializable {}

  private final ActorContext<Command> context;
  private final AuditRows rows;
  private final Duration retention;
  private final Clock clock;
  private boolean isPruning;

  static Behavior<Command> create(AuditRows rows, Duration retention, Clock clock) {
    return Behaviors.setup(context -> new AuditLog(context, rows, retention, clock));
  }

  private AuditLog(ActorContext<Command> context, AuditRows rows, Duration retention, Clock clock) {
    super(
        PersistenceId.of(KEY.name(), ID),
        SupervisorStrategy.restartWithBackoff(
            Intervals.FIRST_RESTART, Intervals.RAREST_RESTART, 0.2));
    this.context = context;
    this.rows = rows;
    this.retention = retention;
    this.clock = clock;
  }

  /// Sharding asks it to leave this node.
  static Command stop() {
    return new Stop();
  }

  @Override
  public AuditState emptyState() {
    return AuditState.EMPTY;
  }

  @Override
  public EventHandler<AuditState, AuditEvent> eventHandler() {
    return AuditState::with;
  }

  @Override
  public CommandHandlerWithReply<Command, AuditEvent, AuditState> commandHandler() {
    return (log, command) ->
        switch (command) {
          case Append(var entries, var replyTo) ->
              Effect().persist(chained(log, entries)).thenReply(replyTo, _ -> new Appended());
          case LookUp(var replyTo) ->
              Effect().reply(replyTo, new End(lastSequenceNumber(context), log.hash()));
          case Prune() -> onPrune(log);
          case Old(var last) -> onOld(log, last);
          case Stop() -> Effect().stop().thenNoReply();
        };
  }

  private static List<AuditEvent> chained(AuditState log, List<AuditEntry> entries) {
    var events = new ArrayList<AuditEvent>();
    var hash = log.hash();
    for (var entry : entries) {
      var event = AuditChain.recorded(hash, entry);
      events.add(event);
      hash = event.hash();
    }
    return events;
  }

  private ReplyEffect<AuditEvent, AuditState> onPrune(AuditState log) {
    if (isPruning) return Effect().noReply();
    isPruning = true;
    // rows of an earlier seal that a crash has left
    var before = now().minus(retention);
    context.pipeToSelf(
        rows.delete(log.sealedThrough()).thenCompose(_ -> rows.lastBefore(before)),
        (last, fault) -> new Old(fault == null ? last : Optional.empty()));
    return Effect().noReply();
  }

  /// The seal is stored before the rows are deleted.
  private ReplyEffect<AuditEvent, AuditState> onOld(AuditState log, Optional<AuditChain.Row> last) {
    isPruning = false;
    if (last.isEmpty() || last.get().number() <= log.sealedThrough()) return Effect().noReply();
    var through = last.get().number();
    return Effect()
        .persist(AuditChain.sealed(log.hash(), through, last.get().event().hash(), now()))
        .thenRun(() -> rows.delete(through))
        .thenNoReply();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(1000, 2);
  }
}
