package kith.node.platform.config;

import java.time.Duration;

/// A token bucket: `burst` at once, then one every `refill`.
public record Throttle(int burst, Duration refill) {
  public static Throttle read(Section in) {
    return new Throttle(in.number("burst", 1), in.time("refill"));
  }
}
