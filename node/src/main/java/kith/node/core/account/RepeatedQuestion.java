package kith.node.core.account;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// A question that is asked again until one of its copies is answered, because messages to a node
/// that dies are lost. The copies that were sent before stay open, so an answer that takes longer
/// than the interval still arrives.
final class RepeatedQuestion<R> {
  /// Runs something later. The returned action prevents it.
  interface Later {
    Runnable in(Duration delay, Runnable what);
  }

  private final Function<Duration, CompletionStage<R>> question;
  private final Duration interval;
  private final Later later;
  private final CompletableFuture<Optional<R>> answer = new CompletableFuture<>();

  private RepeatedQuestion(
      Function<Duration, CompletionStage<R>> question, Duration interval, Later later) {
    this.question = question;
    this.interval = interval;
    this.later = later;
  }

  /// Empty if no copy was answered.
  ///
  /// @param question asks once, and fails if there is no answer in the given time
  /// @param interval between two copies
  static <R> CompletionStage<Optional<R>> ask(
      Function<Duration, CompletionStage<R>> question, Duration interval, int copies, Later later) {
    var repeated = new RepeatedQuestion<>(question, interval, later);
    repeated.send(copies);
    return repeated.answer;
  }

  private void send(int copies) {
    var _ =
        // a copy that cannot be sent counts as one without an answer
        CompletableFuture.completedStage(interval.multipliedBy(copies))
            .thenCompose(question)
            .thenAccept(reply -> answer.complete(Optional.of(reply)))
            .exceptionally(_ -> {
              if (copies == 1) answer.complete(Optional.empty());
              return null;
            });
    if (copies == 1 || answer.isDone()) return;
    var prevent = later.in(interval, () -> send(copies - 1));
    var _ = answer.thenRun(prevent);
  }
}
