package kith.node.platform.cluster;

import com.typesafe.config.Config;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.FailureDetector;
import org.apache.pekko.remote.PhiAccrualFailureDetector;
import scala.Some;
import scala.concurrent.duration.FiniteDuration;

/// Pekko's failure detector on a clock that stands still while this node does, so that a node that
/// was suspended or starved does not consider the others dead. A starved node also waits longer,
/// because the others may be starved, too.
///
/// Pekko creates one for each observed node (`pekko.cluster.failure-detector`), and asks it at each
/// `unreachable-nodes-reaper-interval`.
public final class PatientFailureDetector extends PhiAccrualFailureDetector {
  private final AwakeClock clock;

  /// The time by `clock` at which the other node began to seem dead.
  private OptionalLong seemsDeadSince = OptionalLong.empty();

  private volatile boolean isKnownDead;

  public PatientFailureDetector(Config config, EventStream events) {
    this(config, events, new AwakeClock(System::nanoTime));
  }

  PatientFailureDetector(Config config, EventStream events, AwakeClock clock) {
    super(
        config.getDouble("threshold"),
        config.getInt("max-sample-size"),
        time(config, "min-std-deviation"),
        time(config, "acceptable-heartbeat-pause"),
        time(config, "heartbeat-interval"),
        Some.apply(events),
        new Millis(clock));
    this.clock = clock;
  }

  /// Reports proof that the observed process has ended.
  void learnDeath() {
    isKnownDead = true;
  }

  @Override
  public boolean isAvailable() {
    if (isKnownDead) return false;
    return super.isAvailable() ? isHeard() : mayBeStarved();
  }

  private synchronized boolean isHeard() {
    seemsDeadSince = OptionalLong.empty();
    return true;
  }

  private synchronized boolean mayBeStarved() {
    var now = clock.getAsLong();
    if (seemsDeadSince.isEmpty()) seemsDeadSince = OptionalLong.of(now);
    return now - seemsDeadSince.getAsLong() < clock.lost();
  }

  private static FiniteDuration time(Config config, String key) {
    return FiniteDuration.create(config.getDuration(key).toNanos(), TimeUnit.NANOSECONDS);
  }

  private static final class Millis extends FailureDetector.Clock {
    private final AwakeClock clock;

    private Millis(AwakeClock clock) {
      this.clock = clock;
    }

    @Override
    public Object apply() {
      return TimeUnit.NANOSECONDS.toMillis(clock.getAsLong());
    }
  }
}
