package kith.node.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoundedExecutorTest {
  private final Queue<Runnable> pool = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private final BoundedExecutor executor = new BoundedExecutor(pool::add, 2);

  @Test
  void aFullQueueRefusesATaskAndDoesNotRunIt() {
    executor.execute(() -> done.add("first"));
    executor.execute(() -> done.add("second"));

    assertThatThrownBy(() -> executor.execute(() -> done.add("third")))
        .isInstanceOf(RejectedExecutionException.class);

    assertThat(done).isEmpty();
    assertThat(pool).hasSize(2);
  }

  @Test
  void aTaskThatBeganLeavesItsPlace() {
    executor.execute(() -> done.add("first"));
    executor.execute(() -> done.add("second"));
    pool.remove().run();

    executor.execute(() -> done.add("third"));

    pool.forEach(Runnable::run);
    assertThat(done).containsExactly("first", "second", "third");
  }

  @Test
  void aTaskThatNoThreadTakesLeavesItsPlace() {
    var isOut = new AtomicBoolean(true);
    var failing =
        new BoundedExecutor(
            task -> {
              if (isOut.get()) throw new InternalError("no thread");
              task.run();
            },
            2);
    for (var i = 0; i < 3; i++)
      assertThatThrownBy(() -> failing.execute(() -> done.add("lost")))
          .isInstanceOf(InternalError.class);

    isOut.set(false);
    failing.execute(() -> done.add("first"));

    assertThat(done).containsExactly("first");
  }
}
