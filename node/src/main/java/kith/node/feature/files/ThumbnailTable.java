package kith.node.feature.files;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import kith.node.platform.database.Jdbc;

/// The thumbnails that were made. They are deleted with their contents.
final class ThumbnailTable {
  private final Jdbc jdbc;

  ThumbnailTable(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /// @param thumbnail empty if the content has none
  record Known(Optional<Thumbnail> thumbnail) {}

  /// Empty if nobody asked for it before.
  CompletionStage<Optional<Known>> find(UUID content, int largest) {
    return jdbc.query(
            "SELECT type, bytes FROM file_thumbnail WHERE content = ? AND largest = ?",
            row -> {
              var type = row.getString(1);
              return new Known(
                  Optional.ofNullable(row.getBytes(2)).map(bytes -> new Thumbnail(type, bytes)));
            },
            content,
            largest)
        .thenApply(rows -> rows.stream().findFirst());
  }

  /// Keeps nothing if the content is being removed.
  CompletionStage<Integer> keep(UUID content, int largest, Optional<Thumbnail> thumbnail) {
    return jdbc.update(
        """
        INSERT INTO file_thumbnail (content, largest, type, bytes)
        SELECT id, ?, ?, ?::bytea FROM file_content WHERE id = ? AND NOT removing
        ON CONFLICT DO NOTHING
        """,
        largest,
        thumbnail.map(Thumbnail::type).orElse(""),
        thumbnail.map(it -> (Object) it.bytes()),
        content);
  }
}
