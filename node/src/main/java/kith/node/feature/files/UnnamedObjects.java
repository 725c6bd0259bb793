package kith.node.feature.files;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import kith.node.platform.objects.ObjectStore;

/// Deletes the objects that no content names: those of removed contents, and those of writes that
/// were not completed. Every node does this; a deletion can be repeated.
final class UnnamedObjects {
  private final Jdbc jdbc;
  private final ObjectStore objects;

  UnnamedObjects(Jdbc jdbc, ObjectStore objects) {
    this.jdbc = jdbc;
    this.objects = objects;
  }

  CompletionStage<Void> delete() {
    return jdbc.query(
            """
            SELECT key FROM file_object_unnamed WHERE since < now() - make_interval(secs => ?)
            ORDER BY since LIMIT ?
            """,
            row -> row.getString(1),
            (double) FileIntervals.OBJECT_UNNAMED.toSeconds(),
            Portions.REMOVED_FILES)
        .thenCompose(keys ->
            delete(keys)
                .thenCompose(_ ->
                    keys.size() < Portions.REMOVED_FILES
                        ? CompletableFuture.<Void>completedFuture(null)
                        : delete()));
  }

  private CompletionStage<Void> delete(List<String> keys) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (var key : keys)
      done =
          done.thenCompose(_ -> objects.delete(key))
              .thenCompose(_ -> jdbc.update("DELETE FROM file_object_unnamed WHERE key = ?", key))
              .thenAccept(_ -> {});
    return done;
  }
}
