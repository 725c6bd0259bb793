package kith.node.platform.database;

import com.typesafe.config.Config;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.journal.JdbcAsyncWriteJournal;
import scala.Function1;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import slick.dbio.DBIOAction;
import slick.jdbc.SimpleJdbcAction;

/// The journal in PostgreSQL. A replay ends only when the events that it has read are on the
/// synchronous standby, if there is one.
///
/// PostgreSQL shows a commit that it has not replicated if the wait for the standby was
/// interrupted, for instance because the server was restarted meanwhile. An entity that found such
/// an event would acknowledge it to the sender who retries, and a failover would lose it.
public final class ReplicatedJournal extends JdbcAsyncWriteJournal {
  private final SharedRuns replication = new SharedRuns(this::await);

  /// The constructor that Pekko calls.
  public ReplicatedJournal(Config config) {
    super(config);
  }

  @Override
  public Future<BoxedUnit> asyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Function1<PersistentRepr, BoxedUnit> recoveryCallback) {
    return super.asyncReplayMessages(
            persistenceId, fromSequenceNr, toSequenceNr, max, recoveryCallback)
        .flatMap(done -> FutureConverters.asScala(replication.next()).map(_ -> done, ec()), ec());
  }

  // Java cannot name the type of the action that `run` expects
  @SuppressWarnings({"rawtypes", "unchecked"})
  private CompletionStage<Void> await() {
    DBIOAction action = new SimpleJdbcAction<>(context -> await(context.connection()));
    Future<Boolean> done = db().run(action);
    return FutureConverters.asJava(done).thenAccept(_ -> {});
  }

  private static boolean await(Connection connection) {
    try {
      return Replication.await(connection);
    } catch (SQLException fault) {
      throw new DatabaseFailure(fault);
    }
  }
}
