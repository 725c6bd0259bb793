package kith.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/// The end of an actor system, which has a bound.
///
/// Pekko waits for its connections to other nodes for as long as they take
/// (<https://github.com/apache/pekko/issues/3247>), which over TLS was seen to be for ever.
final class Ending {
  private Ending() {}

  /// Done when the system has ended; fails with a `TimeoutException` when its shutdown came to the
  /// last step and that takes longer.
  static CompletionStage<Done> of(ActorSystem<?> system, Duration longest) {
    var ended = system.getWhenTerminated().toCompletableFuture().copy();
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseActorSystemTerminate(),
            "kith-ending",
            () -> {
              var _ = ended.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS);
              return CompletableFuture.completedFuture(Done.getInstance());
            });
    return ended;
  }
}
