package kith.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The current step of a node that does not serve yet, in one sentence: for its log, `/ready` and
/// `kith cluster`.
///
/// The log gets a sentence at once if an attempt has failed, and otherwise only if the step takes
/// long; then again at growing intervals. systemd gets each step at once.
final class Waiting implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Waiting.class);

  private final LongSupplier nanoClock;
  private final SystemdNotify systemd;
  private final ScheduledExecutorService reporter =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("waiting").factory());
  private String sentence = "The node starts.";
  private String failure = "";
  private boolean isServing;
  private long since;
  private long reportedAt;
  private Duration pause = ClusterIntervals.FIRST_WAITING_REPORT;

  Waiting(LongSupplier nanoClock, SystemdNotify systemd) {
    this.nanoClock = nanoClock;
    this.systemd = systemd;
    this.since = nanoClock.getAsLong();
    this.reportedAt = since;
  }

  /// Reports by itself until it is closed.
  static Waiting reporting() {
    var waiting = new Waiting(System::nanoTime, SystemdNotify.ofEnvironment());
    var beat = ClusterIntervals.BEAT.toMillis();
    var _ =
        waiting.reporter.scheduleWithFixedDelay(
            () -> waiting.report().ifPresent(log::warn), beat, beat, TimeUnit.MILLISECONDS);
    return waiting;
  }

  /// The next step of a start.
  synchronized void does(String next) {
    begin();
    sentence = next;
    systemd.status(next);
  }

  /// An attempt has failed; the node tries again.
  synchronized void failed(String reason) {
    begin();
    sentence = reason;
    systemd.status(reason);
    if (reason.equals(failure)) return;
    failure = reason;
    reportedAt = nanoClock.getAsLong();
    log.warn("start=delayed action=retry reason=\"{}\"", reason);
  }

  synchronized void serves() {
    isServing = true;
    failure = "";
    pause = ClusterIntervals.FIRST_WAITING_REPORT;
    systemd.ready();
  }

  synchronized void stops() {
    systemd.stopping();
  }

  private void begin() {
    if (!isServing) return;
    isServing = false;
    since = nanoClock.getAsLong();
    reportedAt = since;
  }

  synchronized String sentence() {
    return sentence;
  }

  /// The line for the log, if one is due.
  synchronized Optional<String> report() {
    var now = nanoClock.getAsLong();
    if (isServing || now - reportedAt < pause.toNanos()) return Optional.empty();
    reportedAt = now;
    pause = Intervals.doubled(pause, ClusterIntervals.RAREST_WAITING_REPORT);
    return Optional.of(line());
  }

  private String line() {
    var waited = Duration.ofNanos(nanoClock.getAsLong() - since);
    return "start=waiting for=\"%s\" reason=\"%s\"".formatted(Times.text(waited), sentence);
  }

  @Override
  public void close() {
    reporter.shutdownNow();
  }
}
