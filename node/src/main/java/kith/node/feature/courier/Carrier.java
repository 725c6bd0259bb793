package kith.node.feature.courier;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import kith.node.gateway.http.Edge;

/// Delivers to one kind of targets. The [Courier] of a target asks it for one step after the other,
/// and stores what follows.
public interface Carrier {
  /// The kind of its targets.
  String kind();

  /// Sends what follows on the position of the target, in order, and at most for a bounded time. A
  /// failed stage is a fault of this node, and the step is repeated.
  ///
  /// @param isInterrupted true when nothing more should be sent in this step: the target was
  ///   changed, or its courier leaves the node
  CompletionStage<Step> step(Target target, BooleanSupplier isInterrupted);

  /// For how long its targets wait on purpose: they are not late before.
  default Duration delay() {
    return Duration.ZERO;
  }

  /// What a step did.
  sealed interface Step {}

  /// There is nothing to send.
  record UpToDate() implements Step {}

  /// The target does not want anything up to there.
  record Passed(long to) implements Step {}

  /// The receiver accepted everything up to there.
  ///
  /// @param then what came of the next request, if the receiver did not accept it
  record Delivered(long to, Optional<Failed> then) implements Step {
    public Delivered(long to) {
      this(to, Optional.empty());
    }
  }

  /// The receiver did not accept it.
  ///
  /// @param reason for people
  /// @param retryAfter what the receiver asks for
  /// @param isFinal true if another attempt would be useless
  record Failed(String reason, Optional<Duration> retryAfter, boolean isFinal) implements Step {
    public static Failed because(String reason) {
      return new Failed(reason, Optional.empty(), false);
    }
  }

  /// Nothing was sent yet.
  record Postponed(Duration delay) implements Step {}

  /// Nothing may be sent any more.
  ///
  /// @param reason for people
  record Ended(String reason) implements Step {}

  /// The target was changed or removed meanwhile.
  record Changed() implements Step {}

  /// Creates the carrier when the node serves.
  interface Factory {
    Carrier create(Edge edge, OutboundRequests outbound, CourierTable table);
  }
}
