package kith.node.feature.files;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.imageio.ImageReader;
import kith.node.platform.config.FileIntervals;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/// Makes each thumbnail once, on request and on its own threads, and stores it.
final class Thumbnails {
  private record Key(UUID content, Size size) {}

  /// The sizes that a client can ask for.
  enum Size {
    SMALL(320, false),
    /// For terminals: always a PNG, which a client decodes without a library for pictures.
    TERMINAL(480, true),
    /// For profiles.
    PROFILE(256, true),
    LARGE(1280, false);

    private final int largest;
    private final boolean isPng;

    Size(int largest, boolean isPng) {
      this.largest = largest;
      this.isPng = isPng;
    }

    boolean isPng() {
      return isPng;
    }

    /// The larger of width and height, in pixels.
    int largest() {
      return largest;
    }

    static Optional<Size> named(String name) {
      return switch (name) {
        case "small" -> Optional.of(SMALL);
        case "terminal" -> Optional.of(TERMINAL);
        case "large" -> Optional.of(LARGE);
        default -> Optional.empty();
      };
    }
  }

  private final ThumbnailTable table;
  private final Uploads uploads;
  private final FileSettings.Thumbnails settings;
  private final FileMetrics metrics;
  private final Executor threads;
  private final ActorSystem<?> system;
  private final Map<Key, CompletableFuture<Optional<Thumbnail>>> underWay =
      new ConcurrentHashMap<>();

  /// @param threads bounded, with a bounded queue
  Thumbnails(
      ThumbnailTable table,
      Uploads uploads,
      FileSettings.Thumbnails settings,
      FileMetrics metrics,
      Executor threads,
      ActorSystem<?> system) {
    this.table = table;
    this.uploads = uploads;
    this.settings = settings;
    this.metrics = metrics;
    this.threads = threads;
    this.system = system;
  }

  /// The thumbnail of a complete file; empty if it has none. Fails with a
  /// `RejectedExecutionException` if too many are waiting.
  CompletionStage<Optional<Thumbnail>> of(StoredFile file, Size size) {
    if (!isPossible(file)) return CompletableFuture.completedFuture(Optional.empty());
    return table
        .find(file.content(), size.largest())
        .thenCompose(known ->
            known.isPresent()
                ? CompletableFuture.completedFuture(known.get().thumbnail())
                : make(file, size));
  }

  /// Draws a content that is not a file; empty if it is not a picture, is damaged or is too large.
  /// Fails with a `RejectedExecutionException` if too many are waiting.
  CompletionStage<Optional<Thumbnail>> drawn(byte[] content) {
    var type = FileTypes.of(content);
    if (settings.pixels() == 0 || !Thumbnail.isPossible(type))
      return CompletableFuture.completedFuture(Optional.empty());
    try {
      return CompletableFuture.supplyAsync(() -> decoded(content, type, Size.PROFILE), threads);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(full);
    }
  }

  private boolean isPossible(StoredFile file) {
    return settings.pixels() > 0
        && file.size() <= settings.bytes()
        && Thumbnail.isPossible(file.type().orElse(FileTypes.UNKNOWN));
  }

  /// Concurrent requests get the same thumbnail.
  private CompletionStage<Optional<Thumbnail>> make(StoredFile file, Size size) {
    var key = new Key(file.content(), size);
    var made = new CompletableFuture<Optional<Thumbnail>>();
    var first = underWay.putIfAbsent(key, made);
    if (first != null) return first;
    var _ =
        made(file, size)
            .whenComplete((thumbnail, fault) -> {
              underWay.remove(key);
              if (fault == null) made.complete(thumbnail);
              else made.completeExceptionally(fault);
            });
    return made;
  }

  /// The content is read on a thread for thumbnails, so that waiting requests hold no bytes in
  /// memory.
  private CompletionStage<Optional<Thumbnail>> made(StoredFile file, Size size) {
    try {
      return CompletableFuture.supplyAsync(() -> decoded(file, size), threads)
          .thenCompose(thumbnail ->
              table.keep(file.content(), size.largest(), thumbnail).thenApply(_ -> thumbnail));
    } catch (RuntimeException | Error notTaken) {
      // otherwise the thumbnail would stay registered as being made
      return CompletableFuture.failedFuture(notTaken);
    }
  }

  private Optional<Thumbnail> decoded(StoredFile file, Size size) {
    return decoded(uploads.whole(file), file.type().orElse(FileTypes.UNKNOWN), size);
  }

  private Optional<Thumbnail> decoded(byte[] content, String type, Size size) {
    var limit = new Limit();
    try {
      var thumbnail = Thumbnail.of(content, type, size, settings.pixels(), limit::on);
      metrics.thumbnail(thumbnail.isPresent());
      return thumbnail;
    } finally {
      limit.end();
    }
  }

  /// Stops a decoder that takes too long: a small file can need minutes.
  private final class Limit {
    private Cancellable timer = Cancellable.alreadyCancelled();

    void on(ImageReader reader) {
      timer =
          system
              .scheduler()
              .scheduleOnce(FileIntervals.THUMBNAIL, reader::abort, system.executionContext());
    }

    void end() {
      timer.cancel();
    }
  }
}
