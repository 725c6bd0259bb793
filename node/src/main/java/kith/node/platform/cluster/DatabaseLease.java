package kith.node.platform.cluster;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.database.JdbcUrl;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pekko's lease, as a row of the database; Pekko creates it from `kith.lease`. When the cluster
/// splits, the side that holds the lease survives.
///
/// The last holder may have died just before, so an attempt continues for a little longer than an
/// unrenewed lease lasts. Only then is it refused, and the side that asked shuts down. A lease held
/// by the same side is taken over. This happens when two nodes die in succession, and a node that
/// joined in between handles the second death.
public final class DatabaseLease extends Lease {
  private static final Logger log = LoggerFactory.getLogger(DatabaseLease.class);

  private final LeaseSettings settings;
  private final Supplier<Collection<String>> side;
  private final LeaseRow row;
  private final Duration expiry;
  private final Duration beat;
  private final Duration patience;
  private final ScheduledExecutorService thread;
  private volatile long heldUntil;
  private volatile boolean isHeld;

  /// Called when the lease is lost. Changed only on `thread`, like all mutable state.
  private Consumer<Optional<Throwable>> onLost = _ -> {};

  public DatabaseLease(LeaseSettings settings, ExtendedActorSystem system) {
    this(settings, url(settings), Membership.of(Adapter.toTyped(system)));
    system.registerOnTermination(thread::shutdownNow);
  }

  private DatabaseLease(LeaseSettings settings, JdbcUrl url, Membership membership) {
    // the next actor system at the same address is a different contender
    this(settings, url, membership.self(), membership::side);
  }

  /// @param side the contenders that this one can reach
  DatabaseLease(
      LeaseSettings settings, JdbcUrl url, String owner, Supplier<Collection<String>> side) {
    this.settings = settings;
    this.side = side;
    var times = settings.timeoutSettings();
    this.expiry = times.getHeartbeatTimeout();
    this.beat = times.getHeartbeatInterval();
    this.patience = times.getOperationTimeout();
    this.row = new LeaseRow(url, settings.leaseName(), owner, expiry, beat);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lease").factory());
    var _ =
        thread.scheduleWithFixedDelay(
            this::renew, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static JdbcUrl url(LeaseSettings settings) {
    var config = settings.leaseConfig();
    return new JdbcUrl(config.getString("url"), text(settings, "user"), text(settings, "password"));
  }

  private static Optional<String> text(LeaseSettings settings, String key) {
    var config = settings.leaseConfig();
    return config.hasPath(key) ? Optional.of(config.getString(key)) : Optional.empty();
  }

  @Override
  public LeaseSettings getSettings() {
    return settings;
  }

  @Override
  public CompletionStage<Boolean> acquire() {
    return acquire(_ -> {});
  }

  @Override
  public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
    var answer = new CompletableFuture<Boolean>();
    var deadline = System.nanoTime() + patience.toNanos();
    thread.execute(() -> attempt(lost, deadline, answer));
    return answer;
  }

  private void attempt(
      Consumer<Optional<Throwable>> lost, long deadline, CompletableFuture<Boolean> answer) {
    var askedAt = System.nanoTime();
    try {
      if (row.take(side.get())) {
        onLost = lost;
        hold(askedAt);
        log.info("lease=held name={}", settings.leaseName());
        answer.complete(true);
        return;
      }
    } catch (SQLException fault) {
      log.warn("lease=no-database state={}", fault.getSQLState());
    }
    if (System.nanoTime() < deadline) {
      var _ =
          thread.schedule(
              () -> attempt(lost, deadline, answer),
              ClusterIntervals.LEASE_RETRY.toMillis(),
              TimeUnit.MILLISECONDS);
    } else {
      log.warn("lease=refused name={}", settings.leaseName());
      answer.complete(false);
    }
  }

  private void hold(long askedAt) {
    heldUntil = askedAt + expiry.toNanos();
    isHeld = true;
  }

  private void renew() {
    if (!isHeld) return;
    var askedAt = System.nanoTime();
    try {
      if (row.renew()) hold(askedAt);
      else lose(Optional.empty());
    } catch (SQLException fault) {
      if (System.nanoTime() - heldUntil >= 0) lose(Optional.of(fault));
    }
  }

  private void lose(Optional<Throwable> why) {
    isHeld = false;
    log.warn("lease=lost name={}", settings.leaseName());
    onLost.accept(why);
  }

  @Override
  public CompletionStage<Boolean> release() {
    var answer = new CompletableFuture<Boolean>();
    thread.execute(() -> {
      isHeld = false;
      try {
        row.release();
        answer.complete(true);
      } catch (SQLException fault) {
        // it expires by itself
        answer.complete(false);
      }
    });
    return answer;
  }

  @Override
  public boolean checkLease() {
    return isHeld && System.nanoTime() - heldUntil < 0;
  }
}
