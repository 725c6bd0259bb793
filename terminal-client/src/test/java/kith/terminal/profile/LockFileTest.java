package kith.terminal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A refresh of tokens holds the lock of its profile while the server answers.
class LockFileTest {
  private static final long PATIENCE_SECONDS = 180;

  @TempDir private Path directory;

  @Test
  void aHeldLockStopsNeitherOtherProfilesNorThoseWhoDoNotWait() throws InterruptedException {
    var slow = directory.resolve("slow.lock");
    var isHeld = new CountDownLatch(1);
    var hasAnswered = new CountDownLatch(1);
    var refresh =
        Thread.ofVirtual()
            .start(() ->
                LockFile.whileHeld(
                    slow,
                    () -> {
                      isHeld.countDown();
                      await(hasAnswered);
                    }));
    await(isHeld);
    List<String> done = new ArrayList<>();

    LockFile.whileHeld(directory.resolve("other.lock"), () -> done.add("other"));
    boolean isFree = LockFile.ifFree(slow, () -> done.add("slow"));

    assertThat(isFree).isFalse();
    assertThat(done).containsExactly("other");
    hasAnswered.countDown();
    refresh.join();
    assertThat(LockFile.ifFree(slow, () -> done.add("slow"))).isTrue();
    assertThat(done).containsExactly("other", "slow");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
