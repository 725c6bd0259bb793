package kith.node.feature.push;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomView;
import kith.node.core.room.Rooms;
import kith.node.feature.push.PushTable.Unread;
import kith.node.platform.config.Portions;
import kith.node.platform.database.SharedRuns;
import kith.protocol.Visibility;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the rules of accounts periodically, and looks for messages that were not recorded because
/// of a crash.
final class PushWorker {
  private static final Logger LOG = LoggerFactory.getLogger(PushWorker.class);

  private final PushTable table;
  private final PushIndex index;
  private final Rooms rooms;
  private final Consumer<Candidate> note;
  private final Duration lifetime;
  private final Clock clock;
  private final SharedRuns reads = new SharedRuns(this::readRules);
  private final AtomicBoolean isRecovering = new AtomicBoolean();
  private final AtomicBoolean isWithdrawing = new AtomicBoolean();
  private final Consumer<String> wake;

  /// @param note keeps a candidate
  /// @param wake wakes the courier of a target, even one that waits
  /// @param lifetime of a notification
  PushWorker(
      PushTable table,
      PushIndex index,
      Rooms rooms,
      Consumer<Candidate> note,
      Consumer<String> wake,
      Duration lifetime,
      Clock clock) {
    this.table = table;
    this.index = index;
    this.rooms = rooms;
    this.note = note;
    this.wake = wake;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /// Reads the rules, so that they count on this node from then on.
  CompletionStage<Void> read() {
    return reads.next().whenComplete((_, fault) -> report("rules=not-read", fault));
  }

  private CompletionStage<Void> readRules() {
    return table
        .accounts()
        .thenCompose(accounts ->
            table
                .rules(accounts)
                .thenAccept(found -> {
                  accounts.forEach(account -> found.putIfAbsent(account, PushRules.STANDARD));
                  index.read(found);
                }));
  }

  /// Notes the candidates for unread messages again; existing ones stay unchanged.
  void recover() {
    if (!isRecovering.compareAndSet(false, true)) return;
    read()
        .thenCompose(_ -> table.unread(index.accounts(), clock.instant().minus(lifetime)))
        .thenCompose(this::noteAll)
        .whenComplete((_, fault) -> {
          isRecovering.set(false);
          report("messages=not-found", fault);
        });
  }

  /// Rooms are handled one at a time, because nobody waits for this.
  private CompletionStage<Void> noteAll(Collection<Unread> all) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (var unread : all) done = done.thenCompose(_ -> note(unread));
    return done;
  }

  private CompletionStage<Void> note(Unread unread) {
    return rooms
        .look(unread.room(), new RoomView.Description(unread.account()))
        .thenCombine(
            rooms.log().events(unread.room(), unread.read(), Portions.EVENTS),
            (answer, page) -> {
              if (answer instanceof RoomView.Described seen && seen.role().isPresent())
                for (var each : page.events())
                  if (each.event() instanceof RoomEvent.Posted message)
                    note(unread, seen, each.seq(), message);
              return null;
            });
  }

  private void note(Unread unread, RoomView.Described seen, long seq, RoomEvent.Posted message) {
    var isDirect = seen.room().visibility() == Visibility.DIRECT;
    if (message.by().equals(unread.account())) return;
    if (message.at().isBefore(clock.instant().minus(lifetime))) return;
    index
        .rules(unread.account())
        .filter(rules ->
            rules.wants(
                unread.account(),
                unread.room(),
                isDirect,
                message.body(),
                message.mentions().orElse(List.of())))
        .ifPresent(
            _ -> note.accept(new Candidate(unread.account(), unread.room(), seq, message.at())));
  }

  /// Wakes the couriers of receivers that still show entries that their users have read.
  void withdraw() {
    if (!isWithdrawing.compareAndSet(false, true)) return;
    table
        .withWithdrawable()
        .whenComplete((targets, fault) -> {
          isWithdrawing.set(false);
          report("read=not-found", fault);
          if (fault == null) targets.forEach(wake);
        });
  }

  void tidy() {
    var now = clock.instant();
    var _ =
        table
            .forget(now.minus(lifetime.multipliedBy(2)))
            .thenCompose(_ -> table.forgetShown(now.minus(lifetime)))
            .whenComplete((_, fault) -> report("events=not-removed", fault));
  }

  private static void report(String what, @Nullable Throwable fault) {
    if (fault != null) LOG.warn("push {} action=retry reason=\"{}\"", what, fault.toString());
  }
}
