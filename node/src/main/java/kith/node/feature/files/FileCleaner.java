package kith.node.feature.files;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import kith.node.core.room.Attachment;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomLog;
import kith.node.platform.config.Portions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes files that no message names in time, and the bytes of contents that no file names. Every
/// node does this; each step can be repeated, and two nodes at once do no harm.
final class FileCleaner {
  private static final Logger LOG = LoggerFactory.getLogger(FileCleaner.class);

  private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

  private final FileTable table;
  private final Stores stores;
  private final RoomLog log;
  private final Duration keep;
  private final FileMetrics metrics;
  private final AtomicBoolean isRunning = new AtomicBoolean();

  /// @param keep the time for which content that no file names is kept
  FileCleaner(FileTable table, Stores stores, RoomLog log, Duration keep, FileMetrics metrics) {
    this.table = table;
    this.stores = stores;
    this.log = log;
    this.keep = keep;
    this.metrics = metrics;
  }

  /// Has no effect while an earlier run is under way.
  CompletionStage<Void> run() {
    if (!isRunning.compareAndSet(false, true)) return DONE;
    return expire()
        .thenCompose(_ -> forgetInfected())
        .thenCompose(_ -> table.unposted())
        .thenCompose(files -> each(files, this::settle))
        .thenCompose(_ -> contents())
        .whenComplete((_, fault) -> {
          isRunning.set(false);
          if (fault != null)
            LOG.warn("file-removal=failed action=retry reason=\"{}\"", fault.getMessage());
        });
  }

  private CompletionStage<Void> expire() {
    return table
        .deleteExpired()
        .thenCompose(deleted -> deleted < Portions.REMOVED_FILES ? DONE : expire());
  }

  private CompletionStage<Void> forgetInfected() {
    return table
        .forgetInfected()
        .thenCompose(deleted -> deleted < Portions.REMOVED_FILES ? DONE : forgetInfected());
  }

  /// Deletes a file unless its message is in the log behind the position of the projection, which
  /// continues when the room wakes.
  private CompletionStage<Void> settle(FileTable.Unposted file) {
    return isInLog(file, file.position())
        .thenCompose(
            isThere -> isThere ? DONE : table.deleteUnposted(file.id()).thenAccept(_ -> {}));
  }

  private CompletionStage<Boolean> isInLog(FileTable.Unposted file, long after) {
    return log.events(file.room(), after, Portions.EVENTS)
        .thenCompose(page -> {
          var events = page.events();
          if (events.stream().anyMatch(it -> names(it.event(), file.id())))
            return CompletableFuture.completedFuture(true);
          return events.size() < Portions.EVENTS
              ? CompletableFuture.completedFuture(false)
              : isInLog(file, events.getLast().seq());
        });
  }

  private static boolean names(RoomEvent event, String id) {
    return event instanceof RoomEvent.Posted posted
        && posted.files().orElse(List.of()).stream().map(Attachment::id).anyMatch(id::equals);
  }

  private CompletionStage<Void> contents() {
    return table
        .doubted(keep)
        .thenCompose(contents ->
            each(contents, this::remove)
                .thenCompose(_ -> contents.size() < Portions.REMOVED_FILES ? DONE : contents()));
  }

  private CompletionStage<Void> remove(UUID content) {
    return table
        .beginRemoval(content, keep)
        .thenCompose(isUnnamed ->
            isUnnamed
                ? table
                    .endRemoval(content, stores)
                    .thenAccept(isRemoved -> {
                      if (isRemoved) metrics.removed();
                    })
                : DONE);
  }

  private static <T> CompletionStage<Void> each(
      List<T> all, Function<T, CompletionStage<Void>> step) {
    var done = DONE;
    for (var one : all) done = done.thenCompose(_ -> step.apply(one));
    return done;
  }
}
