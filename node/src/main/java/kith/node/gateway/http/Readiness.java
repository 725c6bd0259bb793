package kith.node.gateway.http;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Tells whether this node can serve, and if not, the reason.
public interface Readiness {
  /// Empty when ready, otherwise the reason in a sentence.
  CompletionStage<Optional<String>> whyNot();
}
