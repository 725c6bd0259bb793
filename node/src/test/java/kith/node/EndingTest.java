package kith.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.AbruptStageTerminationException;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;

class EndingTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ActorSystem<Void> system = LocalActors.create().system();

  private void shutDown() {
    CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.jvmExitReason());
  }

  @Test
  void theStageCompletesWhenTheSystemHasEnded() {
    var ended = Ending.of(system, () -> {}, LONG, LONG, LONG);
    shutDown();

    assertThat(ended.toCompletableFuture().join()).isEqualTo(Done.getInstance());
  }

  @Test
  void theWaitForABlockedSystemIsBounded() {
    var held = new CountDownLatch(1);
    Adapter.toClassic(system)
        .registerOnTermination(() -> {
          try {
            held.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        });
    var ended = Ending.of(system, () -> {}, SHORT, SHORT, SHORT).toCompletableFuture();
    shutDown();

    assertThatThrownBy(ended::join).hasCauseInstanceOf(TimeoutException.class);
    held.countDown();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void closingItsConnectionsInterruptsAWaitForTheDatabase() {
    var answer = new CountDownLatch(1);
    Adapter.toClassic(system)
        .registerOnTermination(() -> {
          try {
            answer.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        });
    var ended = Ending.of(system, answer::countDown, SHORT, LONG, LONG);
    shutDown();

    assertThat(ended.toCompletableFuture().join()).isEqualTo(Done.getInstance());
  }

  /// Pekko's remoting waits for its streams, which its own shutdown asks to end, and not all do.
  @Test
  void streamsThatDoNotEndAreStopped() {
    var held =
        ActorSystem.create(
            Behaviors.empty(),
            "held",
            ConfigFactory.parseString(
                    """
                    pekko.coordinated-shutdown.terminate-actor-system = off
                    pekko.coordinated-shutdown.run-by-actor-system-terminate = off
                    """)
                .withFallback(system.settings().config()));
    try {
      var endless = Source.<Integer>maybe().toMat(Sink.ignore(), Keep.right()).run(held);
      var _ = Ending.of(held, () -> {}, LONG, SHORT, LONG);
      CoordinatedShutdown.get(held).runAll(CoordinatedShutdown.jvmExitReason());

      assertThat(endless.handle((_, stopped) -> stopped).toCompletableFuture().join())
          .isInstanceOf(AbruptStageTerminationException.class);
      assertThat(held.getWhenTerminated().toCompletableFuture()).isNotDone();
    } finally {
      held.terminate();
    }
  }
}
