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
import java.util.stream.Collectors;
import kith.node.feature.reminders.DueReminders;
import kith.node.feature.reminders.DueReminders.Receiver;
import kith.node.platform.config.Portions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for reminders of which receivers have to be notified, and for notifications of reminders
/// that are not due any more, and wakes the couriers of these receivers. Every node looks, so any
/// node that lives finds what another one has left.
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
  /// @param toWithdraw also if it waits
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
    table
        .receivers(kinds)
        .thenCompose(receivers -> receivers.isEmpty() ? nothing() : look(receivers, now))
        .whenComplete((_, fault) -> {
          isLooking.set(false);
          if (fault != null)
            LOG.warn("push reminders=not-found reason=\"{}\", is repeated later", fault.toString());
        });
  }

  private CompletionStage<Void> look(List<Receiver> receivers, Instant now) {
    var ids = receivers.stream().map(Receiver::id).collect(Collectors.toSet());
    var after = now.minus(lifetime);
    var until = now.minus(delay);
    return pages(
            from -> reminders.unsettled(receivers, after, until, from, Portions.REMINDED_RECEIVERS),
            wake.withNews(),
            "")
        .thenCompose(_ ->
            pages(
                from -> reminders.withWithdrawable(after, from, Portions.REMINDED_RECEIVERS),
                id -> {
                  // one that fails is tried again when its time has come
                  if (ids.contains(id)) wake.toWithdraw().accept(id);
                },
                ""));
  }

  private static CompletionStage<Void> pages(
      Function<String, CompletionStage<List<String>>> page, Consumer<String> each, String from) {
    return page.apply(from)
        .thenCompose(found -> {
          found.forEach(each);
          return found.size() < Portions.REMINDED_RECEIVERS
              ? nothing()
              : pages(page, each, found.getLast());
        });
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
