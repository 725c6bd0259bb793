package kith.node;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bounded end of an actor system.
///
/// Two things can hold up its last step. The journal's pool waits for statements whose answer never
/// comes because the network drops packets; closing their connections ends the wait. And Pekko
/// waits without a limit for its streams to other nodes to end
/// (<https://github.com/apache/pekko/issues/3247>), which over TLS and on a starved machine has
/// lasted forever in a test; stopping their materializers ends it.
final class Ending {
  private static final Logger log = LoggerFactory.getLogger(Ending.class);
  private static final String MATERIALIZERS = "/system/Materializers/*";

  private Ending() {}

  /// Done when the system has ended. Fails with a `TimeoutException` when the last step of its
  /// shutdown takes longer than `longest`.
  ///
  /// @param abortStatements closes the connections to the database; called when the last step takes
  ///   longer than `statements`
  /// @param streams the time after which streams are stopped
  static CompletionStage<Done> of(
      ActorSystem<?> system,
      Runnable abortStatements,
      Duration statements,
      Duration streams,
      Duration longest) {
    var ended = system.getWhenTerminated().toCompletableFuture().copy();
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseActorSystemTerminate(),
            "kith-ending",
            () -> {
              unlessEnded(ended, statements, abortStatements);
              unlessEnded(ended, streams, () -> stopStreams(system));
              var _ = ended.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS);
              return CompletableFuture.completedFuture(Done.getInstance());
            });
    return ended;
  }

  private static void unlessEnded(CompletableFuture<Done> ended, Duration after, Runnable action) {
    CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> {
          if (!ended.isDone()) action.run();
        });
  }

  private static void stopStreams(ActorSystem<?> system) {
    log.warn("node=ending action=stop-streams");
    Adapter.toClassic(system)
        .actorSelection(MATERIALIZERS)
        .tell(PoisonPill.getInstance(), ActorRef.noSender());
  }
}
