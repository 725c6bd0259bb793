package kith.node.feature.files;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.node.platform.objects.ObjectStore;

/// The bytes of files in objects of 1 MiB. The database names the object of each part.
///
/// An object is written once, under a name that nothing else uses, and becomes a part in the
/// transaction that moves the end of its content. So two nodes that write the same part at once, or
/// a late request, cannot change bytes. Before it is written, its name is recorded; an object that
/// is not a part after a while is deleted ([UnnamedObjects]).
final class S3Blobs implements BlobStore {
  static final String NAME = "s3";

  private final Jdbc jdbc;
  private final ObjectStore objects;

  S3Blobs(Jdbc jdbc, ObjectStore objects) {
    this.jdbc = jdbc;
    this.objects = objects;
  }

  @Override
  public int partBytes() {
    return Portions.FILE_OBJECT;
  }

  @Override
  public CompletionStage<Boolean> append(UUID content, long offset, byte[] bytes) {
    var part = (int) (offset / partBytes());
    var begun = (int) (offset % partBytes());
    var whole =
        begun == 0
            ? CompletableFuture.completedFuture(bytes)
            : read(content, part)
                .thenApply(before ->
                    ByteBuffer.allocate(begun + bytes.length)
                        .put(before, 0, begun)
                        .put(bytes)
                        .array());
    return whole
        .thenCompose(it -> write(content, part, it))
        .thenCompose(key ->
            jdbc.inTransaction(connection -> {
              var isMoved =
                  Jdbc.change(
                          connection,
                          """
                          UPDATE file_content SET received = ?
                          WHERE id = ? AND received = ? AND store = ? AND type IS NULL
                            AND NOT removing
                          """,
                          offset + bytes.length,
                          content,
                          offset,
                          NAME)
                      == 1;
              if (isMoved) name(connection, content, part, key);
              return isMoved;
            }));
  }

  /// Writes an object that is not a part yet, and returns its name.
  CompletionStage<String> write(UUID content, int part, byte[] bytes) {
    var key = content + "/" + part + "-" + UUID.randomUUID();
    return jdbc.update("INSERT INTO file_object_unnamed (key) VALUES (?)", key)
        .thenCompose(_ -> objects.put(key, bytes))
        .thenApply(_ -> key);
  }

  /// Makes an object the part of a content.
  static void name(Connection connection, UUID content, int part, String key) throws SQLException {
    Jdbc.change(
        connection,
        """
        INSERT INTO file_object_unnamed (key)
        SELECT key FROM file_object WHERE content = ? AND part = ?
        """,
        content,
        part);
    Jdbc.change(
        connection,
        """
        INSERT INTO file_object (content, part, key) VALUES (?, ?, ?)
        ON CONFLICT (content, part) DO UPDATE SET key = excluded.key
        """,
        content,
        part,
        key);
    if (Jdbc.change(connection, "DELETE FROM file_object_unnamed WHERE key = ?", key) != 1)
      throw new IllegalStateException("The object " + key + " is being deleted.");
  }

  @Override
  public CompletionStage<byte[]> read(UUID content, int part) {
    return jdbc.query(
            "SELECT key FROM file_object WHERE content = ? AND part = ?",
            row -> row.getString(1),
            content,
            part)
        .thenCompose(keys ->
            keys.isEmpty()
                ? CompletableFuture.failedFuture(new MissingPart())
                : objects.get(keys.getFirst()).thenApply(it -> it.orElseThrow(MissingPart::new)));
  }

  /// The objects are deleted soon afterwards, even if the object store is unreachable now.
  @Override
  public void remove(Connection connection, UUID content) throws SQLException {
    Jdbc.change(
        connection,
        """
        WITH gone AS (DELETE FROM file_object WHERE content = ? RETURNING key)
        INSERT INTO file_object_unnamed (key, since) SELECT key, '-infinity' FROM gone
        """,
        content);
  }
}
