package kith.node.gateway.socket;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import kith.node.platform.config.HttpSettings;
import kith.node.platform.config.StartFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads that read from and write to the connections of clients. Each connection belongs to
/// one of them.
public final class Loops implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Loops.class);

  private final Transport transport;
  private final EventLoopGroup group;

  private Loops(Transport transport, int threads) {
    this.transport = transport;
    this.group =
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("client-io", true), transport.loop());
  }

  /// One thread for each two processors: sessions and rooms need the others.
  public static Loops start(HttpSettings.Transport wanted) {
    var transport = choose(wanted);
    log.info("client-io={}", name(transport));
    return new Loops(transport, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  private static Transport choose(HttpSettings.Transport wanted) {
    return switch (wanted) {
      case AUTO -> best();
      case IO_URING -> demand(Transport.IO_URING);
      case EPOLL -> demand(Transport.EPOLL);
      case NIO -> Transport.NIO;
    };
  }

  private static Transport best() {
    for (var transport : Transport.values()) {
      var obstacle = transport.obstacle();
      if (obstacle.isEmpty()) return transport;
      log.info("client-io-unavailable={} reason=\"{}\"", name(transport), reason(obstacle.get()));
    }
    throw new IllegalStateException("Java's own transport is always available");
  }

  private static Transport demand(Transport transport) {
    transport
        .obstacle()
        .ifPresent(obstacle -> {
          throw new StartFailure(
              "kith.http.transport: %s cannot be used here: %s"
                  .formatted(name(transport), reason(obstacle)),
              obstacle);
        });
    return transport;
  }

  /// The root cause is the kernel's error or the missing library.
  private static String reason(Throwable fault) {
    var first = fault;
    for (var cause = fault; cause != null; cause = cause.getCause()) first = cause;
    return String.valueOf(first.getMessage()).lines().findFirst().orElse("");
  }

  private static String name(Transport transport) {
    return transport.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The transport of these threads: `io-uring`, `epoll` or `nio`.
  public String transport() {
    return name(transport);
  }

  Transport kind() {
    return transport;
  }

  EventLoopGroup group() {
    return group;
  }

  /// Closes all connections.
  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
