package kith.node.platform.journal;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import kith.node.platform.config.ClusterIntervals;
import kith.node.platform.database.Database;
import kith.node.platform.database.Jdbc;
import kith.node.platform.database.JdbcUrl;
import kith.node.platform.database.Replication;
import kith.node.platform.database.SharedRuns;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/// The journal's connections and threads; one for each actor system, from `kith.journal`.
///
/// It outlives the actor of Pekko's plugin, which may restart, and ends with the actor system.
final class Journal implements Extension {
  private final JournalPool pool;
  private final WriteQueue queue;
  private final ThreadPoolExecutor readers;
  private final Jdbc reads;
  private final LogReads logs;
  private final SharedRuns replication;

  /// Creates it once for each actor system.
  static final class Id extends AbstractExtensionId<Journal> {
    private static final Id ID = new Id();

    private Id() {}

    @Override
    public Journal createExtension(ExtendedActorSystem system) {
      var journal = new Journal(system.settings().config().getConfig("kith.journal"));
      system.registerOnTermination(journal::close);
      return journal;
    }
  }

  static Journal of(ActorSystem system) {
    return Id.ID.get(system);
  }

  private Journal(Config config) {
    pool = new JournalPool(url(config), Database.JOURNAL_WRITERS + Database.JOURNAL_READERS);
    queue =
        new WriteQueue(
            config.getInt("waiting-writes"),
            config.getBytes("waiting-bytes"),
            ClusterIntervals.SLOW_JOURNAL_WRITE);
    readers =
        new ThreadPoolExecutor(
            Database.JOURNAL_READERS,
            Database.JOURNAL_READERS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(config.getInt("waiting-reads")),
            threads("journal-reader-"));
    reads = new Jdbc(pool.source(), readers);
    logs = new LogReads(reads);
    replication = new SharedRuns(() -> reads.with(Replication::await).thenAccept(_ -> {}));
    var writers = threads("journal-writer-");
    for (int i = 0; i < Database.JOURNAL_WRITERS; i++)
      writers.newThread(new GroupWriter(queue, pool)).start();
  }

  private static JdbcUrl url(Config config) {
    return new JdbcUrl(
        config.getString("url"),
        text(config, "user"),
        text(config, "password"),
        text(config, "sockets"));
  }

  private static Optional<String> text(Config config, String path) {
    return config.hasPath(path) ? Optional.of(config.getString(path)) : Optional.empty();
  }

  private static ThreadFactory threads(String name) {
    return Thread.ofPlatform().daemon().name(name, 0).factory();
  }

  /// Done when the rows are committed. Fails at once if too many writes wait.
  CompletionStage<Void> write(String log, List<JournalRow> rows) {
    var write = new JournalWrite(log, rows);
    if (!queue.offer(write)) write.fail(new NotWritten("too many writes wait for the database"));
    return write.done();
  }

  /// The connections for reading and deleting, and for snapshots.
  Jdbc jdbc() {
    return reads;
  }

  LogReads logs() {
    return logs;
  }

  /// Done when all earlier commits are on the synchronous standby, if there is one.
  CompletionStage<Void> replicated() {
    return replication.next();
  }

  private void close() {
    for (var write : queue.close()) write.fail(new NotWritten("the node stops"));
    readers.shutdownNow();
    pool.close();
  }
}
