package kith.node.feature.files;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/// Moves complete contents, one at a time, to the store for new contents, while people read them. A
/// content is copied first; then one transaction stores its place. The bytes in the former store
/// are removed when no transfer can be reading them any more.
final class FileSync {
  private final Jdbc jdbc;
  private final Stores stores;

  FileSync(Jdbc jdbc, Stores stores) {
    this.jdbc = jdbc;
    this.stores = stores;
  }

  /// The progress so far.
  record Progress(long contents, long bytes) {
    Progress with(long size) {
      return new Progress(contents + 1, bytes + size);
    }
  }

  private record Content(UUID id, long size, String store) {}

  private record State(UUID last, Progress progress) {}

  /// Moves contents while the progress is read.
  Source<Progress, NotUsed> run() {
    return Source.unfoldAsync(
        new State(new UUID(0, 0), new Progress(0, 0)),
        state ->
            next(state.last())
                .thenCompose(found ->
                    found.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : move(found.get())
                            .thenApply(isMoved -> {
                              var progress =
                                  isMoved
                                      ? state.progress().with(found.get().size())
                                      : state.progress();
                              return Optional.of(
                                  Pair.create(new State(found.get().id(), progress), progress));
                            })));
  }

  private CompletionStage<Optional<Content>> next(UUID after) {
    return jdbc.query(
            """
            SELECT id, size, store FROM file_content
            WHERE id > ? AND store <> ? AND type IS NOT NULL AND NOT removing ORDER BY id LIMIT 1
            """,
            row -> new Content(row.getObject(1, UUID.class), row.getLong(2), row.getString(3)),
            after,
            stores.newest())
        .thenApply(rows -> rows.stream().findFirst());
  }

  /// False if the content is being removed, or another node has moved it.
  private CompletionStage<Boolean> move(Content content) {
    return stores.named(stores.newest()) instanceof S3Blobs objects
        ? toObjects(content, objects)
        : toRows(content);
  }

  /// A part of the new store, from the parts of the former one that it overlaps.
  private CompletionStage<byte[]> part(Content content, int partBytes, int part) {
    var from = (long) part * partBytes;
    var bytes = new byte[(int) Math.min(partBytes, content.size() - from)];
    return fill(stores.named(content.store()), content.id(), from, bytes, 0);
  }

  private static CompletionStage<byte[]> fill(
      BlobStore store, UUID content, long from, byte[] bytes, int filled) {
    if (filled == bytes.length) return CompletableFuture.completedFuture(bytes);
    var at = from + filled;
    return store
        .read(content, (int) (at / store.partBytes()))
        .thenCompose(some -> {
          var begin = (int) (at % store.partBytes());
          var count = Math.min(some.length - begin, bytes.length - filled);
          if (count <= 0) return CompletableFuture.failedFuture(new MissingPart());
          System.arraycopy(some, begin, bytes, filled, count);
          return fill(store, content, from, bytes, filled + count);
        });
  }

  private static int parts(Content content, int partBytes) {
    return (int) ((content.size() + partBytes - 1) / partBytes);
  }

  private CompletionStage<Boolean> toObjects(Content content, S3Blobs objects) {
    var keys = new String[parts(content, objects.partBytes())];
    CompletionStage<Void> copied = CompletableFuture.completedFuture(null);
    for (var i = 0; i < keys.length; i++) {
      var part = i;
      copied =
          copied
              .thenCompose(_ -> part(content, objects.partBytes(), part))
              .thenCompose(bytes -> objects.write(content.id(), part, bytes))
              .thenAccept(key -> keys[part] = key);
    }
    return copied.thenCompose(
        _ -> switched(content, connection -> nameAll(connection, content.id(), List.of(keys))));
  }

  private static void nameAll(Connection connection, UUID content, List<String> keys)
      throws SQLException {
    for (var part = 0; part < keys.size(); part++)
      S3Blobs.name(connection, content, part, keys.get(part));
  }

  private CompletionStage<Boolean> toRows(Content content) {
    // rows of an earlier stay in this store are no longer to be removed
    CompletionStage<Void> copied =
        jdbc.update(
                "DELETE FROM file_moved WHERE content = ? AND store = ?",
                content.id(),
                PostgresBlobs.NAME)
            .thenAccept(_ -> {});
    for (var i = 0; i < parts(content, Portions.FILE_PART); i++) {
      var part = i;
      copied =
          copied
              .thenCompose(_ -> part(content, Portions.FILE_PART, part))
              .thenCompose(bytes ->
                  jdbc.update(
                      """
                      INSERT INTO file_part (content, part, bytes) VALUES (?, ?, ?)
                      ON CONFLICT (content, part) DO UPDATE SET bytes = excluded.bytes
                      """,
                      content.id(),
                      part,
                      bytes))
              .thenAccept(_ -> {});
    }
    return copied.thenCompose(_ -> switched(content, _ -> {}));
  }

  private interface Naming {
    void in(Connection connection) throws SQLException;
  }

  private CompletionStage<Boolean> switched(Content content, Naming naming) {
    return jdbc.inTransaction(connection -> {
      var isMoved =
          Jdbc.change(
                  connection,
                  "UPDATE file_content SET store = ? WHERE id = ? AND store = ? AND NOT removing",
                  stores.newest(),
                  content.id(),
                  content.store())
              == 1;
      if (!isMoved) return false;
      naming.in(connection);
      Jdbc.change(
          connection,
          "INSERT INTO file_moved (content, store) VALUES (?, ?) ON CONFLICT DO NOTHING",
          content.id(),
          content.store());
      return true;
    });
  }

  private record Former(UUID content, String store) {}

  /// Removes the bytes of moved contents from their former stores, once nobody reads them there.
  CompletionStage<Void> removeFormer() {
    return jdbc.query(
            """
            SELECT content, store FROM file_moved WHERE at < now() - make_interval(secs => ?)
            ORDER BY at LIMIT ?
            """,
            row -> new Former(row.getObject(1, UUID.class), row.getString(2)),
            (double) FileIntervals.FILE_TRANSFER.toSeconds(),
            Portions.REMOVED_FILES)
        .thenCompose(all -> {
          CompletionStage<Void> done = CompletableFuture.completedFuture(null);
          for (var it : all)
            if (stores.byName().containsKey(it.store()))
              done = done.thenCompose(_ -> removeFormer(it));
          return done;
        });
  }

  /// In one transaction, so that a move back, which deletes the row first, loses nothing.
  private CompletionStage<Void> removeFormer(Former it) {
    return jdbc.inTransaction(
            connection -> {
              var isToBeRemoved =
                  Jdbc.change(
                          connection,
                          "DELETE FROM file_moved WHERE content = ? AND store = ?",
                          it.content(),
                          it.store())
                      == 1;
              if (isToBeRemoved) stores.named(it.store()).remove(connection, it.content());
              return isToBeRemoved;
            })
        .thenAccept(_ -> {});
  }

  static String line(Progress progress) {
    return "%d contents, %d MiB%n".formatted(progress.contents(), progress.bytes() >> 20);
  }
}
