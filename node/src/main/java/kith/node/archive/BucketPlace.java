package kith.node.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import kith.node.platform.objects.ObjectStore;

/// Archives in a bucket. Its files are small, so each is read into memory.
public record BucketPlace(ObjectStore objects) implements ArchivePlace {
  @Override
  public List<Found> files(String room) throws IOException {
    return done(objects.names(room.isEmpty() ? "" : room + "/")).stream()
        .map(key ->
            new Found(key.substring(key.lastIndexOf('/') + 1), objects.shown(key), () -> open(key)))
        .filter(found -> ArchiveFile.isNamedAsOne(found.name()))
        .toList();
  }

  private InputStream open(String key) throws IOException {
    return new ByteArrayInputStream(
        done(objects.get(key))
            .orElseThrow(() -> new IOException(objects.shown(key) + " no longer exists")));
  }

  /// Waits for a call.
  static <T> T done(CompletionStage<T> call) throws IOException {
    try {
      return call.toCompletableFuture().join();
    } catch (CompletionException fault) {
      var cause = fault.getCause() == null ? fault : fault.getCause();
      throw new IOException(String.valueOf(cause.getMessage()), cause);
    }
  }
}
