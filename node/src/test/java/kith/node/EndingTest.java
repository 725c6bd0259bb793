package kith.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.Test;

class EndingTest {
  private final ActorSystem<Void> system = LocalActors.create().system();

  private void shutDown() {
    CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.jvmExitReason());
  }

  @Test
  void aSystemThatEndsHasEnded() {
    var ended = Ending.of(system, () -> {}, Duration.ofMinutes(1), Duration.ofMinutes(1));
    shutDown();

    assertThat(ended.toCompletableFuture().join()).isEqualTo(Done.getInstance());
  }

  @Test
  void aSystemThatIsHeldUpIsNotWaitedForForEver() {
    var held = new CountDownLatch(1);
    Adapter.toClassic(system)
        .registerOnTermination(() -> {
          try {
            held.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        });
    var ended =
        Ending.of(system, () -> {}, Duration.ofMillis(1), Duration.ofMillis(1))
            .toCompletableFuture();
    shutDown();

    assertThatThrownBy(ended::join).hasCauseInstanceOf(TimeoutException.class);
    held.countDown();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void aSystemThatWaitsForTheDatabaseIsHurried() {
    var answer = new CountDownLatch(1);
    Adapter.toClassic(system)
        .registerOnTermination(() -> {
          try {
            answer.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        });
    var ended = Ending.of(system, answer::countDown, Duration.ofMillis(1), Duration.ofMinutes(1));
    shutDown();

    assertThat(ended.toCompletableFuture().join()).isEqualTo(Done.getInstance());
  }
}
