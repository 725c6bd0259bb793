package kith.node.platform.cluster;

import com.typesafe.config.Config;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.event.EventStream;
import org.apache.pekko.remote.FailureDetector;
import org.apache.pekko.remote.PhiAccrualFailureDetector;
import scala.Some;
import scala.concurrent.duration.FiniteDuration;

/// Pekko's failure detector on a clock that stands still while this node does, so that a node that
/// was suspended or starved does not take the others for dead.
///
/// Pekko creates one for each observed node (`pekko.cluster.failure-detector`), and asks it at each
/// `unreachable-nodes-reaper-interval`.
public final class PatientFailureDetector extends PhiAccrualFailureDetector {
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
