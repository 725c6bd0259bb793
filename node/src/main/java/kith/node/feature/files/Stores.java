package kith.node.feature.files;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.platform.config.Portions;
import kith.node.platform.objects.Unavailable;

/// The stores of this server. A content is in one of them; new ones are written to one.
///
/// @param byName without an object store that is not configured
record Stores(Map<String, BlobStore> byName, String newest) {
  Stores {
    byName = Map.copyOf(byName);
  }

  BlobStore of(StoredFile file) {
    return named(file.store());
  }

  BlobStore named(String name) {
    var store = byName.get(name);
    return store == null ? new Missing(name) : store;
  }

  /// Removes a content from all stores.
  void remove(Connection connection, UUID content) throws SQLException {
    for (var store : byName.values()) store.remove(connection, content);
  }

  /// A store that contains files but is not in the settings of this node.
  private record Missing(String name) implements BlobStore {
    @Override
    public int partBytes() {
      return Portions.FILE_PART;
    }

    @Override
    public CompletionStage<Boolean> append(UUID content, long offset, byte[] bytes) {
      return CompletableFuture.failedFuture(unavailable());
    }

    @Override
    public CompletionStage<byte[]> read(UUID content, int part) {
      return CompletableFuture.failedFuture(unavailable());
    }

    @Override
    public void remove(Connection connection, UUID content) {
      throw unavailable();
    }

    private Unavailable unavailable() {
      return new Unavailable(
          "the store '" + name + "' of a file", new IllegalStateException("not configured"));
    }
  }
}
