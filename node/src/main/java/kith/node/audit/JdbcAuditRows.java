package kith.node.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.audit.AuditChain.Row;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.serialization.Serialization;

/// The rows of the audit log in the journal.
final class JdbcAuditRows implements AuditRows {
  private static final String ID = PersistenceId.of(AuditLog.KEY.name(), AuditLog.ID).id();

  private static final String ROWS =
      "SELECT sequence_number, event_payload, event_ser_id, event_ser_manifest FROM event_journal"
          + " WHERE persistence_id = ? AND ";

  private final Jdbc jdbc;
  private final Serialization serialization;

  JdbcAuditRows(Jdbc jdbc, Serialization serialization) {
    this.jdbc = jdbc;
    this.serialization = serialization;
  }

  @Override
  public CompletionStage<List<Row>> from(long number, int limit) {
    return jdbc.query(
        ROWS + "sequence_number >= ? ORDER BY sequence_number LIMIT ?",
        this::row,
        ID,
        number,
        limit);
  }

  @Override
  public CompletionStage<List<Row>> before(long number, int limit) {
    return jdbc.query(
        ROWS + "sequence_number < ? ORDER BY sequence_number DESC LIMIT ?",
        this::row,
        ID,
        number,
        limit);
  }

  @Override
  public CompletionStage<List<Row>> seals() {
    return jdbc.query(
        ROWS + "event_ser_manifest = 'audit.sealed' ORDER BY sequence_number DESC", this::row, ID);
  }

  @Override
  public CompletionStage<Optional<Row>> lastBefore(Instant time) {
    return jdbc.query(
            ROWS + "write_timestamp < ? ORDER BY sequence_number DESC LIMIT 1",
            this::row,
            ID,
            time.toEpochMilli())
        .thenApply(found -> found.stream().findFirst());
  }

  @Override
  public CompletionStage<Integer> delete(long through) {
    return jdbc.update(
        "DELETE FROM event_journal WHERE persistence_id = ? AND sequence_number <= ?", ID, through);
  }

  private Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong(1),
        (AuditEvent)
            serialization.deserialize(row.getBytes(2), row.getInt(3), row.getString(4)).get());
  }
}
