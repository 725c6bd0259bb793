package kith.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/// The bounded end of an actor system.
///
/// Two things can hold up its last step. The journal's pool waits for statements whose answer never
/// comes because the network drops packets; closing their connections ends the wait. And Pekko
/// waits without a limit for its connections to other nodes to close
/// (<https://github.com/apache/pekko/issues/3247>), which over TLS was seen to last for ever.
final class Ending {
  private Ending() {}

  /// Done when the system has ended. Fails with a `TimeoutException` when the last step of its
  /// shutdown takes longer than `longest`.
  ///
  /// @param hurry closes the connections to the database; called when the last step takes longer
  ///   than `patience`
  static CompletionStage<Done> of(
      ActorSystem<?> system, Runnable hurry, Duration patience, Duration longest) {
    var ended = system.getWhenTerminated().toCompletableFuture().copy();
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseActorSystemTerminate(),
            "kith-ending",
            () -> {
              CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                  .execute(() -> {
                    if (!ended.isDone()) hurry.run();
                  });
              var _ = ended.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS);
              return CompletableFuture.completedFuture(Done.getInstance());
            });
    return ended;
  }
}
