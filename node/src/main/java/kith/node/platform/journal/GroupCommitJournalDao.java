package kith.node.platform.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.PersistentRepr$;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalDao;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.scaladsl.Source;
import scala.Option;
import scala.Tuple2;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.concurrent.Promise;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Failure;
import scala.util.Success;
import scala.util.Try;
import slick.jdbc.JdbcBackend.JdbcDatabaseDef;
import slick.jdbc.JdbcProfile;

/// The data access object of Pekko Persistence JDBC that writes with [GroupWriter] and replays with
/// [Replay]. The plugin creates it from `jdbc-journal.dao`. It serializes events as the plugin's
/// own does, into the same table.
///
/// Tags and metadata have no columns here: nothing in Kith uses them, and an event that has them is
/// rejected.
public final class GroupCommitJournalDao implements JournalDao {
  private static final scala.collection.immutable.Seq<Try<BoxedUnit>> ALL_WRITTEN =
      scala.collection.immutable.List$.MODULE$.empty();
  private static final Try<BoxedUnit> WRITTEN = new Success<>(BoxedUnit.UNIT);

  private final Serialization serialization;
  private final Journal journal;
  private final int page;

  /// The parameters are the plugin's.
  public GroupCommitJournalDao(
      JdbcDatabaseDef database,
      JdbcProfile profile,
      JournalConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    this.serialization = serialization;
    this.journal = Journal.of(serialization.system());
    this.page = config.daoConfig().replayBatchSize();
  }

  /// The result is empty when all are written, otherwise it has an element for each. All rows of
  /// one call belong to one log.
  @Override
  public Future<scala.collection.immutable.Seq<Try<BoxedUnit>>> asyncWriteMessages(
      scala.collection.immutable.Seq<AtomicWrite> messages) {
    var rows = new ArrayList<JournalRow>();
    var results = new ArrayList<Try<BoxedUnit>>();
    for (var write : CollectionConverters.asJava(messages)) results.add(serialize(write, rows));
    var isComplete = results.stream().allMatch(Try::isSuccess);
    var result = isComplete ? ALL_WRITTEN : CollectionConverters.asScala(results).toList();
    if (rows.isEmpty()) return Future.successful(result);
    return future(journal.write(messages.head().persistenceId(), rows), result);
  }

  /// Adds the rows of one write, or none.
  private Try<BoxedUnit> serialize(AtomicWrite write, List<JournalRow> rows) {
    try {
      rows.addAll(CollectionConverters.asJava(write.payload()).stream().map(this::row).toList());
      return WRITTEN;
    } catch (RuntimeException fault) {
      return new Failure<>(fault);
    }
  }

  private JournalRow row(PersistentRepr event) {
    var payload = event.payload();
    if (payload instanceof Tagged || event.metadata().isDefined())
      throw new IllegalArgumentException("The journal stores neither tags nor metadata.");
    var serializer = serialization.findSerializerFor(payload);
    return new JournalRow(
        event.persistenceId(),
        event.sequenceNr(),
        event.writerUuid(),
        event.timestamp(),
        event.manifest(),
        serializer.identifier(),
        Serializers.manifestFor(serializer, payload),
        serialization.serialize(payload).get(),
        false);
  }

  /// Each recovery begins with it, and ends only when the events that it finds are replicated.
  ///
  /// PostgreSQL shows a commit that it has not replicated if the wait for the standby was
  /// interrupted, for instance because the server was restarted meanwhile. An entity that found
  /// such an event would acknowledge it to a sender that retries, and a failover would lose it.
  @Override
  public Future<Object> highestSequenceNr(String log, long from) {
    return future(
        journal
            .logs()
            .highestSeq(log)
            .<Object>thenCompose(seq -> journal.replicated().thenApply(_ -> seq)));
  }

  @Override
  public Future<BoxedUnit> delete(String log, long to) {
    var deleted =
        journal
            .jdbc()
            .with(connection -> {
              JournalTable.delete(connection, log, to);
              return BoxedUnit.UNIT;
            });
    return future(deleted);
  }

  @Override
  public Source<Try<Tuple2<PersistentRepr, Object>>, NotUsed> messages(
      String log, long from, long to, long most) {
    return replay(log, from, to, page).take(most).asScala();
  }

  /// @param refresh for readers that wait for new events; the journal has none
  @Override
  public Source<Try<Tuple2<PersistentRepr, Object>>, NotUsed> messagesWithBatch(
      String log, long from, long to, int page, Option<Tuple2<FiniteDuration, Scheduler>> refresh) {
    return replay(log, from, to, page).asScala();
  }

  private org.apache.pekko.stream.javadsl.Source<Try<Tuple2<PersistentRepr, Object>>, NotUsed>
      replay(String log, long from, long to, int page) {
    return new Replay(journal.logs(), log, to, page).from(from).map(this::event);
  }

  private Try<Tuple2<PersistentRepr, Object>> event(JournalRow row) {
    try {
      var payload =
          serialization
              .deserialize(row.payload(), row.serializer(), row.serializerManifest())
              .get();
      var event =
          PersistentRepr$.MODULE$
              .apply(
                  payload,
                  row.seq(),
                  row.persistenceId(),
                  row.manifest(),
                  false,
                  null,
                  row.writer())
              .withTimestamp(row.time());
      return new Success<>(new Tuple2<>(event, row.seq()));
    } catch (RuntimeException fault) {
      return new Failure<>(fault);
    }
  }

  private static <T> Future<T> future(CompletionStage<T> stage) {
    var promise = Promise.<T>apply();
    stage.whenComplete((value, fault) -> {
      if (fault == null) promise.success(value);
      else promise.failure(fault);
    });
    return promise.future();
  }

  private static <T> Future<T> future(CompletionStage<Void> stage, T result) {
    var promise = Promise.<T>apply();
    stage.whenComplete((_, fault) -> {
      if (fault == null) promise.success(result);
      else promise.failure(fault);
    });
    return promise.future();
  }
}
