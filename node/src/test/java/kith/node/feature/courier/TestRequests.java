package kith.node.feature.courier;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import kith.node.platform.config.Subnet;
import kith.node.platform.metrics.Metrics;

/// Requests to receivers on this machine, on the thread of the caller.
public final class TestRequests {
  private TestRequests() {}

  public static OutboundRequests onLoopback(Clock clock) {
    return onLoopback(clock, Runnable::run);
  }

  public static OutboundRequests onLoopback(Clock clock, Executor executor) {
    return new OutboundRequests(
        new HttpSender(
            new AddressPolicy(List.of(Subnet.of("127.0.0.0/8"))),
            _ -> List.of(InetAddress.getLoopbackAddress()),
            ReceiverTls.of(List.of()),
            Duration.ofMinutes(3),
            2048,
            "Kith/test"),
        new DeliverySlots(4, 4),
        new HostBreakers(5, Duration.ofSeconds(30), wait -> wait),
        executor,
        new CourierMetrics(new Metrics().instruments()),
        clock);
  }

  /// The target at another position.
  public static Target at(Target target, long position) {
    return target.at(position);
  }
}
