package kith.node.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import kith.node.audit.AuditChain.Finding;
import kith.node.audit.AuditChain.Place;
import kith.node.audit.AuditChain.Row;
import kith.node.platform.cluster.Departures;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.AuditMetrics;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.serialization.SerializationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's access to the audit log. Entries of users wait here, in order, until they are
/// stored; if the log does not answer, a bounded number waits, and later ones are dropped and
/// counted. An act of an administrator is stored before it is carried out.
public final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  /// An entry with its number in the log.
  public record Numbered(long number, AuditEntry entry) {}

  /// @param next the entry to continue at; absent at the beginning of the log
  public record Page(List<Numbered> entries, Optional<Long> next) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /// The progress of a check.
  ///
  /// @param next the next number to check, with the hash before it
  /// @param isWhole the last row is that of the running log
  /// @param fault a sentence about the first row that is wrong
  public record Checked(long next, String hash, boolean isWhole, Optional<String> fault) {}

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final AuditRows rows;
  private final AuditMetrics metrics;
  private final int most;
  private final Clock clock;

  // guarded by this
  private final ArrayDeque<AuditEntry> waiting = new ArrayDeque<>();
  private boolean isSending;
  private CompletableFuture<Void> empty = CompletableFuture.completedFuture(null);

  private Audit(
      ActorSystem<?> system, AuditRows rows, AuditMetrics metrics, int most, Clock clock) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
    this.rows = rows;
    this.metrics = metrics;
    this.most = most;
    this.clock = clock;
  }

  /// @param retention how long entries are kept
  /// @param most entries of users that wait on this node
  public static Audit start(
      ActorSystem<?> system,
      Jdbc jdbc,
      AuditMetrics metrics,
      Duration retention,
      int most,
      Clock clock) {
    var rows = new JdbcAuditRows(jdbc, SerializationExtension.get(system));
    ClusterSharding.get(system)
        .init(
            Entity.of(AuditLog.KEY, _ -> AuditLog.create(rows, retention, clock))
                .withAllocationStrategy(Departures.of(system).shardMoves())
                .withStopMessage(AuditLog.stop()));
    var audit = new Audit(system, rows, metrics, most, clock);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Intervals.FIRST_ERASURE,
            Intervals.ERASURE,
            () -> audit.log().tell(new AuditLog.Prune()),
            system.executionContext());
    return audit;
  }

  private EntityRef<AuditLog.Command> log() {
    return sharding.entityRefFor(AuditLog.KEY, AuditLog.ID);
  }

  /// A new entry of this moment.
  public AuditEntry entry(AuditAct act, String by) {
    return AuditEntry.of(clock.instant(), act, by);
  }

  /// Queues an entry about an act of `by` on a user in a room.
  public void record(AuditAct act, String by, String room, String user, Optional<String> detail) {
    var entry = entry(act, by).in(room).about(user);
    record(detail.map(entry::with).orElse(entry));
  }

  /// Queues an entry.
  public synchronized void record(AuditEntry entry) {
    if (waiting.size() >= most) {
      metrics.lost();
      return;
    }
    if (waiting.isEmpty()) empty = new CompletableFuture<>();
    waiting.add(entry);
    send();
  }

  /// Stores an entry now; fails if the log does not confirm that.
  public CompletionStage<Void> require(AuditEntry entry) {
    return append(List.of(entry));
  }

  private CompletionStage<Void> append(List<AuditEntry> entries) {
    return log()
        .<AuditLog.Appended>ask(
            replyTo -> new AuditLog.Append(entries, replyTo), Intervals.ACCOUNT_ANSWER)
        .thenAccept(_ -> {});
  }

  private synchronized void send() {
    if (isSending || waiting.isEmpty()) return;
    isSending = true;
    var batch = waiting.stream().limit(Portions.AUDIT_ENTRIES).toList();
    append(batch).whenComplete((_, fault) -> sent(batch.size(), Optional.ofNullable(fault)));
  }

  private synchronized void sent(int count, Optional<Throwable> fault) {
    isSending = false;
    if (fault.isPresent()) {
      LOG.warn("audit=waiting entries={} reason=\"{}\"", waiting.size(), fault.get().toString());
      system
          .scheduler()
          .scheduleOnce(Intervals.ACCOUNT_RETRY, this::send, system.executionContext());
      return;
    }
    for (var i = 0; i < count; i++) waiting.remove();
    if (waiting.isEmpty()) empty.complete(null);
    send();
  }

  /// Done when no entry waits.
  public synchronized CompletionStage<Void> flush() {
    return empty.copy();
  }

  /// A page of entries, the newest first. It may have fewer entries than `limit`, because only a
  /// portion of the log is read for it.
  public CompletionStage<Page> list(
      Predicate<AuditEntry> wanted, Optional<Instant> since, long before, int limit) {
    return rows.before(before, Portions.AUDIT_ROWS)
        .thenApply(found -> page(found, wanted, since, limit));
  }

  private static Page page(
      List<Row> found, Predicate<AuditEntry> wanted, Optional<Instant> since, int limit) {
    var entries = new ArrayList<Numbered>();
    for (var row : found) {
      if (!(row.event() instanceof AuditEvent.Recorded(var entry, _))) continue;
      if (since.filter(entry.at()::isBefore).isPresent())
        return new Page(entries, Optional.empty());
      if (!wanted.test(entry)) continue;
      entries.add(new Numbered(row.number(), entry));
      if (entries.size() == limit) return new Page(entries, Optional.of(row.number()));
    }
    return new Page(
        entries,
        found.size() < Portions.AUDIT_ROWS
            ? Optional.empty()
            : Optional.of(found.getLast().number()));
  }

  /// Checks the next portion of the log.
  ///
  /// @param after where an earlier check has come; empty for the beginning
  public CompletionStage<Checked> check(Optional<Checked> after) {
    return after
        .map(it -> CompletableFuture.completedStage(Optional.of(new Place(it.next(), it.hash()))))
        .orElseGet(this::beginning)
        .thenCompose(from ->
            from.map(this::check)
                .orElseGet(() ->
                    CompletableFuture.completedStage(
                        new Checked(
                            1, "", false, Optional.of("The beginning of the log is missing.")))));
  }

  /// The first row, or the one after a sealed beginning; empty if neither is there.
  private CompletionStage<Optional<Place>> beginning() {
    return rows.from(0, 1)
        .thenCombine(
            rows.seals(),
            (first, seals) -> {
              var number = first.isEmpty() ? 1 : first.getFirst().number();
              if (number == 1) return Optional.of(Place.BEGINNING);
              return seals.stream()
                  .map(Row::event)
                  .filter(AuditEvent.Sealed.class::isInstance)
                  .map(AuditEvent.Sealed.class::cast)
                  .filter(seal -> seal.through() == number - 1)
                  .map(seal -> new Place(number, seal.throughHash()))
                  .findFirst();
            });
  }

  private CompletionStage<Checked> check(Place from) {
    return log()
        .<AuditLog.End>ask(AuditLog.LookUp::new, Intervals.ACCOUNT_ANSWER)
        .thenCompose(end ->
            rows.from(from.next(), Portions.AUDIT_ROWS)
                .thenApply(found -> checked(from, found, end)));
  }

  private static Checked checked(Place from, List<Row> found, AuditLog.End end) {
    Finding finding = AuditChain.check(from, found);
    var place = finding.place();
    var isLast = found.size() < Portions.AUDIT_ROWS;
    var fault = finding.fault();
    // entries may have been added since
    if (fault.isEmpty() && isLast && place.next() <= end.number())
      fault = Optional.of("The last entries are missing, from %d on.".formatted(place.next()));
    return new Checked(place.next(), place.hash(), isLast && fault.isEmpty(), fault);
  }
}
