package kith.node.core.room;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Distributes the entries that a node may destroy in a second over its rooms.
public final class AgingPace {
  private final int perSecond;
  private final LongSupplier nanos;
  private long freeAt;

  public AgingPace(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.freeAt = nanos.getAsLong();
  }

  /// @return how long the room that has destroyed these entries has to wait
  synchronized Duration take(int entries) {
    var now = nanos.getAsLong();
    var from = freeAt - now > 0 ? freeAt : now;
    freeAt = from + entries * 1_000_000_000L / perSecond;
    return Duration.ofNanos(freeAt - now);
  }
}
