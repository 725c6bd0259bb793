package kith.terminal.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import kith.terminal.plain.ProgramEvent;

/// Runs the commands of the user for messages, a few at a time. Commands above the limit are left
/// out, because many messages must not start many programs.
final class HookRunner {
  private static final int AT_ONCE = 4;
  private static final int WAITING = 16;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("kith-hook").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  HookRunner() {
    threads.allowCoreThreadTimeOut(true);
  }

  void run(String command, ProgramEvent event, String me) {
    threads.execute(() -> {
      try {
        new ChildProcess(
                List.of("sh", "-c", command),
                event.environment(me),
                // its output would appear on the screen
                ProcessBuilder.Redirect.DISCARD,
                TIMEOUT)
            .run(event.json());
      } catch (InterruptedException over) {
        Thread.currentThread().interrupt();
      }
    });
  }
}
