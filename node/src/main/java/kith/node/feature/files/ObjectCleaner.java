package kith.node.feature.files;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes bytes that moves and removals have left in stores. Every node does this, separately from
/// the [FileCleaner], so that an unreachable object store delays nothing else.
final class ObjectCleaner {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectCleaner.class);

  private final FileSync sync;
  private final Optional<UnnamedObjects> unnamed;
  private final AtomicBoolean isRunning = new AtomicBoolean();

  ObjectCleaner(FileSync sync, Optional<UnnamedObjects> unnamed) {
    this.sync = sync;
    this.unnamed = unnamed;
  }

  /// Has no effect while an earlier run is under way.
  CompletionStage<Void> run() {
    if (!isRunning.compareAndSet(false, true)) return CompletableFuture.completedFuture(null);
    return sync.removeFormer()
        .thenCompose(_ ->
            unnamed
                .map(UnnamedObjects::delete)
                .orElseGet(() -> CompletableFuture.completedFuture(null)))
        .whenComplete((_, fault) -> {
          isRunning.set(false);
          if (fault != null)
            LOG.warn("object-removal=failed action=retry reason=\"{}\"", fault.getMessage());
        });
  }
}
