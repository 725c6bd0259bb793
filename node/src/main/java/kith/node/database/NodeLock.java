package kith.node.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kith.node.config.StartFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to be the one node of a database: an advisory lock that lives as long as a connection.
///
/// A database that restarts forgets the lock, so it is taken again as soon as it answers. Only a
/// lock that somebody else holds for longer than a grace is lost.
final class NodeLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeLock.class);
  static final long KEY = 0x4b697468L;
  private static final Duration BEAT = Duration.ofSeconds(1);

  // a killed node's connection may take a moment to be noticed by the server
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  static final Duration GRACE = Duration.ofSeconds(30);

  private final JdbcUrl url;
  private final Duration grace;
  private final Runnable lost;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Connection connection;

  private NodeLock(JdbcUrl url, Duration grace, Runnable lost) {
    this.url = url;
    this.grace = grace;
    this.lost = lost;
  }

  static NodeLock take(JdbcUrl url, Duration grace, Runnable lost) {
    var lock = new NodeLock(url, grace, lost);
    lock.first();
    Thread.ofPlatform().daemon().name("node-lock").start(lock::keep);
    return lock;
  }

  private void first() {
    var deadline = Instant.now().plus(PATIENCE);
    try {
      while (!attempt()) {
        if (Instant.now().isAfter(deadline)) {
          throw new StartFailure(
              "Another node is using the database "
                  + url.shown()
                  + "; stop it or use another one.");
        }
        Thread.sleep(200);
      }
    } catch (SQLException fault) {
      throw new StartFailure("The database " + url.shown() + " does not answer.", fault);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartFailure("Interrupted while waiting for the database.", stopped);
    }
  }

  boolean attempt() throws SQLException {
    var fresh = url.connect();
    try (var statement = fresh.createStatement()) {
      // the server must notice within seconds that this node is gone, or nobody can take its place
      statement.execute(
          "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 2");
      try (var answer = statement.executeQuery("SELECT pg_try_advisory_lock(" + KEY + ")")) {
        if (answer.next() && answer.getBoolean(1)) {
          hold(fresh);
          return true;
        }
      }
    } catch (SQLException fault) {
      fresh.close();
      throw fault;
    }
    fresh.close();
    return false;
  }

  private void keep() {
    try {
      while (!closed.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!isHeld() && !takeAgain()) {
          lost.run();
          return;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isHeld() {
    var held = connection;
    try {
      return held != null && held.isValid(5);
    } catch (SQLException _) {
      return false;
    }
  }

  private boolean takeAgain() throws InterruptedException {
    log.warn("node-lock=gone action=retake");
    release();
    var refusedSince = Instant.MAX;
    do {
      try {
        if (attempt()) {
          log.info("node-lock=held");
          return true;
        }
        if (refusedSince.equals(Instant.MAX)) refusedSince = Instant.now();
        if (Duration.between(refusedSince, Instant.now()).compareTo(grace) > 0) {
          log.error("node-lock=lost reason=\"another node holds the database\"");
          return false;
        }
      } catch (SQLException _) {
        // the database is down: whoever comes first when it is up again has the lock
        refusedSince = Instant.MAX;
      }
    } while (!closed.await(BEAT.toMillis(), TimeUnit.MILLISECONDS));
    return true;
  }

  /// Whoever closes the lock while it is being taken again must not leave it behind.
  private synchronized void hold(Connection fresh) {
    connection = fresh;
    if (closed.getCount() == 0) release();
  }

  private synchronized void release() {
    var held = connection;
    connection = null;
    try {
      if (held != null) held.close();
    } catch (SQLException _) {
      // a connection that cannot be closed is gone already
    }
  }

  @Override
  public void close() {
    closed.countDown();
    release();
  }
}
