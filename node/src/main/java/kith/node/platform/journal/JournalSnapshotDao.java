package kith.node.platform.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.platform.journal.SnapshotTable.Row;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.jdbc.config.SnapshotConfig;
import org.apache.pekko.persistence.jdbc.snapshot.dao.SnapshotDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.stream.Materializer;
import scala.Option;
import scala.Tuple2;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.jdk.javaapi.OptionConverters;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend.JdbcDatabaseDef;
import slick.jdbc.JdbcProfile;

/// The data access object of Pekko Persistence JDBC for snapshots, on the journal's connections.
/// The plugin creates it from `jdbc-snapshot-store.dao`. It serializes snapshots as the plugin's
/// own does, into the same table.
///
/// Metadata has no column here: nothing in Kith uses it, and a snapshot that has it is refused.
public final class JournalSnapshotDao implements SnapshotDao {
  private final Serialization serialization;
  private final Journal journal;

  /// The parameters are the plugin's.
  public JournalSnapshotDao(
      JdbcDatabaseDef database,
      JdbcProfile profile,
      SnapshotConfig config,
      Serialization serialization,
      ExecutionContext executor,
      Materializer materializer) {
    this.serialization = serialization;
    this.journal = Journal.of(serialization.system());
  }

  @Override
  public Future<Option<Tuple2<SnapshotMetadata, Object>>> latestSnapshot(String log) {
    return snapshot(journal.logs().latestSnapshot(log));
  }

  @Override
  public Future<Option<Tuple2<SnapshotMetadata, Object>>> snapshotForMaxTimestamp(
      String log, long time) {
    return snapshotForMaxSequenceNrAndMaxTimestamp(log, Long.MAX_VALUE, time);
  }

  @Override
  public Future<Option<Tuple2<SnapshotMetadata, Object>>> snapshotForMaxSequenceNr(
      String log, long seq) {
    return snapshotForMaxSequenceNrAndMaxTimestamp(log, seq, Long.MAX_VALUE);
  }

  @Override
  public Future<Option<Tuple2<SnapshotMetadata, Object>>> snapshotForMaxSequenceNrAndMaxTimestamp(
      String log, long seq, long time) {
    return snapshot(
        journal.jdbc().with(connection -> SnapshotTable.latestUntil(connection, log, seq, time)));
  }

  private Future<Option<Tuple2<SnapshotMetadata, Object>>> snapshot(
      CompletionStage<Optional<Row>> row) {
    return FutureConverters.asScala(
        row.thenApply(found -> OptionConverters.toScala(found.map(this::snapshot))));
  }

  private Tuple2<SnapshotMetadata, Object> snapshot(Row row) {
    var snapshot =
        serialization.deserialize(row.payload(), row.serializer(), row.serializerManifest()).get();
    return new Tuple2<>(new SnapshotMetadata(row.log(), row.seq(), row.time()), snapshot);
  }

  @Override
  public Future<BoxedUnit> save(SnapshotMetadata metadata, Object snapshot) {
    if (metadata.metadata().isDefined())
      return failed(new IllegalArgumentException("Snapshots are stored without metadata."));
    Row row;
    try {
      row = row(metadata, snapshot);
    } catch (RuntimeException fault) {
      return failed(fault);
    }
    return change(connection -> SnapshotTable.store(connection, row));
  }

  private Row row(SnapshotMetadata metadata, Object snapshot) {
    var serializer = serialization.findSerializerFor(snapshot);
    return new Row(
        metadata.persistenceId(),
        metadata.sequenceNr(),
        metadata.timestamp(),
        serializer.identifier(),
        Serializers.manifestFor(serializer, snapshot),
        serialization.serialize(snapshot).get());
  }

  @Override
  public Future<BoxedUnit> delete(String log, long seq) {
    return change(connection -> SnapshotTable.delete(connection, log, seq));
  }

  @Override
  public Future<BoxedUnit> deleteAllSnapshots(String log) {
    return deleteUpToMaxSequenceNrAndMaxTimestamp(log, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  @Override
  public Future<BoxedUnit> deleteUpToMaxSequenceNr(String log, long seq) {
    return deleteUpToMaxSequenceNrAndMaxTimestamp(log, seq, Long.MAX_VALUE);
  }

  @Override
  public Future<BoxedUnit> deleteUpToMaxTimestamp(String log, long time) {
    return deleteUpToMaxSequenceNrAndMaxTimestamp(log, Long.MAX_VALUE, time);
  }

  @Override
  public Future<BoxedUnit> deleteUpToMaxSequenceNrAndMaxTimestamp(String log, long seq, long time) {
    return change(connection -> SnapshotTable.deleteUntil(connection, log, seq, time));
  }

  private interface Change {
    void on(Connection connection) throws SQLException;
  }

  private Future<BoxedUnit> change(Change change) {
    return FutureConverters.asScala(
        journal
            .jdbc()
            .with(connection -> {
              change.on(connection);
              return BoxedUnit.UNIT;
            }));
  }

  private static Future<BoxedUnit> failed(RuntimeException fault) {
    return FutureConverters.asScala(CompletableFuture.failedFuture(fault));
  }
}
