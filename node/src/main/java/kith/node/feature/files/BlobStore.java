package kith.node.feature.files;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Stores the bytes of files. All nodes use the same bytes.
interface BlobStore {
  /// The size of every part of a content but the last. Appended bytes do not cross the end of one.
  int partBytes();

  /// Adds bytes to the end of a content. False, and nothing is changed, if the end is not at
  /// `offset` any more, or if the content is complete or being removed.
  CompletionStage<Boolean> append(UUID content, long offset, byte[] bytes);

  /// Reads one part. Fails if the content is being removed.
  CompletionStage<byte[]> read(UUID content, int part);

  /// Removes all parts, in a transaction of the caller.
  void remove(Connection connection, UUID content) throws SQLException;
}
