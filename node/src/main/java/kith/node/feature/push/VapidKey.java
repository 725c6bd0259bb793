package kith.node.feature.push;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The VAPID key of the cluster, once this node has read it from the database.
final class VapidKey {
  private static final Logger LOG = LoggerFactory.getLogger(VapidKey.class);

  private final Supplier<CompletionStage<Vapid>> source;
  private volatile Optional<Vapid> known = Optional.empty();

  VapidKey(Supplier<CompletionStage<Vapid>> source) {
    this.source = source;
  }

  Optional<Vapid> known() {
    return known;
  }

  /// Reads the key unless this node has it.
  void read() {
    if (known.isPresent()) return;
    source
        .get()
        .whenComplete((vapid, fault) -> {
          if (fault == null) known = Optional.of(vapid);
          else LOG.warn("push key=not-read action=retry reason=\"{}\"", fault.toString());
        });
  }
}
