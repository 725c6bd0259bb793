package kith.node.feature.courier;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import kith.node.gateway.http.Edge;

/// Delivers to one kind of targets. The [Courier] of a target asks it for one step at a time, and
/// stores the result.
public interface Carrier {
  /// The kind of its targets.
  String kind();

  /// Sends the entries after the position of the target, in order, for a bounded time at most. A
  /// failed stage is a fault of this node, and the step is repeated.
  ///
  /// @param isInterrupted true when nothing more should be sent in this step: the target was
  ///   changed, or its courier leaves the node
  CompletionStage<Step> step(Target target, BooleanSupplier isInterrupted);

  /// The time for which its targets wait on purpose. They are late only after it.
  default Duration delay() {
    return Duration.ZERO;
  }

  /// The result of a step.
  sealed interface Step {}

  /// There is nothing to send.
  record UpToDate() implements Step {}

  /// The target wants none of the entries up to there.
  record Passed(long to) implements Step {}

  /// The receiver accepted everything up to there.
  ///
  /// @param then the outcome of the next request, if the receiver did not accept it
  record Delivered(long to, Optional<Failed> then) implements Step {
    public Delivered(long to) {
      this(to, Optional.empty());
    }
  }

  /// The receiver did not accept it.
  ///
  /// @param reason for people
  /// @param retryAfter the wait that the receiver asks for
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
