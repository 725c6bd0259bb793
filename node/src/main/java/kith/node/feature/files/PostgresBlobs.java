package kith.node.feature.files;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;

/// The bytes of files in rows of 256 KiB. A row and the new end of its content are one statement,
/// so that a late request of another node cannot change bytes that were checked.
final class PostgresBlobs implements BlobStore {
  static final String NAME = "postgresql";

  private static final String MOVED =
      """
      WITH moved AS (
        UPDATE file_content SET received = ?
        WHERE id = ? AND received = ? AND type IS NULL AND NOT removing RETURNING id)
      """;

  private static final String NEW_PART =
      MOVED
          + """
          INSERT INTO file_part (content, part, bytes) SELECT id, ?, ? FROM moved
          ON CONFLICT (content, part) DO UPDATE SET bytes = excluded.bytes
          """;

  private static final String LONGER_PART =
      MOVED
          + """
          UPDATE file_part SET bytes = substring(bytes FOR ?) || ? FROM moved
          WHERE content = moved.id AND part = ?
          """;

  private final Jdbc jdbc;

  PostgresBlobs(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public int partBytes() {
    return Portions.FILE_PART;
  }

  @Override
  public CompletionStage<Boolean> append(UUID content, long offset, byte[] bytes) {
    var part = (int) (offset / partBytes());
    var begun = (int) (offset % partBytes());
    var end = offset + bytes.length;
    return (begun == 0
            ? jdbc.update(NEW_PART, end, content, offset, part, bytes)
            : jdbc.update(LONGER_PART, end, content, offset, begun, bytes, part))
        .thenApply(rows -> rows == 1);
  }

  @Override
  public CompletionStage<byte[]> read(UUID content, int part) {
    return jdbc.query(
            "SELECT bytes FROM file_part WHERE content = ? AND part = ?",
            row -> row.getBytes(1),
            content,
            part)
        .thenApply(rows -> {
          if (rows.isEmpty()) throw new MissingPart();
          return rows.getFirst();
        });
  }

  @Override
  public void remove(Connection connection, UUID content) throws SQLException {
    Jdbc.change(connection, "DELETE FROM file_part WHERE content = ?", content);
  }
}
