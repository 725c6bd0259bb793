package kith.node.feature.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import kith.node.feature.reminders.DueReminders;
import kith.node.platform.config.Portions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for reminders about which receivers have to be notified, and for notifications of
/// reminders that are not due any more, and wakes the couriers of these receivers. Every node
/// searches, so a live node finds the work of a dead one.
final class ReminderWorker {
  private static final Logger LOG = LoggerFactory.getLogger(ReminderWorker.class);

  private final DueReminders reminders;
  private final PushTable table;
  private final PushIndex index;
  private final List<String> kinds;
  private final Wake wake;
  private final Duration delay;
  private final Duration lifetime;
  private final Clock clock;
  private final AtomicBoolean isLooking = new AtomicBoolean();

  /// Wakes the courier of a receiver.
  ///
  /// @param withNews unless it waits
  /// @param toWithdraw even if it waits
  record Wake(Consumer<String> withNews, Consumer<String> toWithdraw) {}

  /// @param kinds of receivers that show single notifications
  /// @param delay after which a device is notified
  /// @param lifetime of a notification
  ReminderWorker(
      DueReminders reminders,
      PushTable table,
      PushIndex index,
      List<String> kinds,
      Wake wake,
      Duration delay,
      Duration lifetime,
      Clock clock) {
    this.reminders = reminders;
    this.table = table;
    this.index = index;
    this.kinds = List.copyOf(kinds);
    this.wake = wake;
    this.delay = delay;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  void look() {
    if (index.accounts().isEmpty() || !isLooking.compareAndSet(false, true)) return;
    var now = clock.instant();
    var after = now.minus(lifetime);
    notifyDue(after, now.minus(delay))
        .thenCompose(_ -> withdraw(after))
        .whenComplete((_, fault) -> {
          isLooking.set(false);
          if (fault != null)
            LOG.warn("push reminders=not-found action=retry reason=\"{}\"", fault.toString());
        });
  }

  /// Begins with the reminders, because few of them become due in the lifetime of a notification.
  private CompletionStage<Void> notifyDue(Instant after, Instant until) {
    return pages(
        from -> reminders.accounts(after, until, from, Portions.REMINDED_RECEIVERS),
        accounts ->
            table
                .receiversOf(accounts, kinds)
                .thenCompose(receivers -> reminders.unsettled(receivers, after, until))
                .thenAccept(found -> found.forEach(wake.withNews())),
        "");
  }

  /// A receiver that waits after a failure is not woken: it withdraws its notifications at its next
  /// attempt.
  private CompletionStage<Void> withdraw(Instant after) {
    return pages(
        from -> reminders.withWithdrawable(after, from, Portions.REMINDED_RECEIVERS),
        shown -> table.active(shown, kinds).thenAccept(found -> found.forEach(wake.toWithdraw())),
        "");
  }

  private static CompletionStage<Void> pages(
      Function<String, CompletionStage<List<String>>> page,
      Function<List<String>, CompletionStage<Void>> each,
      String from) {
    return page.apply(from)
        .thenCompose(found ->
            found.isEmpty()
                ? nothing()
                : each.apply(found)
                    .thenCompose(_ ->
                        found.size() < Portions.REMINDED_RECEIVERS
                            ? nothing()
                            : pages(page, each, found.getLast())));
  }

  private static CompletionStage<Void> nothing() {
    return CompletableFuture.completedFuture(null);
  }

  void tidy() {
    var _ =
        reminders
            .forget(clock.instant().minus(lifetime.multipliedBy(2)))
            .exceptionally(fault -> {
              LOG.warn("push reminders=not-removed reason=\"{}\"", fault.toString());
              return 0;
            });
  }
}
