package kith.node.platform.database;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kith.node.platform.config.ClusterIntervals;

/// Notices that another server of the URL was promoted while this node's connections to the former
/// primary still work.
final class PrimaryWatch implements AutoCloseable {
  private final Servers servers;
  private final JdbcUrl url;
  private final CountDownLatch closed = new CountDownLatch(1);

  private PrimaryWatch(Servers servers, JdbcUrl url) {
    this.servers = servers;
    this.url = url;
  }

  /// Empty if the URL names one server.
  static Optional<PrimaryWatch> start(JdbcUrl url) {
    return Servers.of(url.url())
        .map(servers -> {
          var watch = new PrimaryWatch(servers, url);
          Thread.ofPlatform().daemon().name("primary-watch").start(watch::run);
          return watch;
        });
  }

  private void run() {
    try {
      while (!closed.await(ClusterIntervals.PRIMARY_WATCH.toMillis(), TimeUnit.MILLISECONDS))
        servers.lookAround(url.properties());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
