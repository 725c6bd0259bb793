package kith.node.platform.journal;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kith.node.platform.config.Portions;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final long MUCH = 1L << 30;

  @Test
  void writesThatWaitTogetherAreOneGroup() {
    var queue = new WriteQueue(10, MUCH, NEVER);
    var writes = List.of(Rows.write("a", 1, 2), Rows.write("b", 1, 1), Rows.write("c", 1, 3));
    writes.forEach(queue::offer);

    assertThat(queue.poll().orElseThrow().writes()).containsExactlyElementsOf(writes);
    assertThat(queue.size()).isZero();
  }

  @Test
  void aFullQueueRefusesMoreWrites() {
    var queue = new WriteQueue(2, MUCH, NEVER);

    assertThat(queue.offer(Rows.write("a", 1, 1))).isTrue();
    assertThat(queue.offer(Rows.write("b", 1, 1))).isTrue();
    assertThat(queue.offer(Rows.write("c", 1, 1))).isFalse();

    queue.poll();
    assertThat(queue.offer(Rows.write("c", 1, 1))).isTrue();
  }

  @Test
  void aQueueIsFullWhenItsBytesAreUsedUp() {
    var queue = new WriteQueue(100, 1000, NEVER);

    assertThat(queue.offer(Rows.sized("a", 600))).isTrue();
    assertThat(queue.offer(Rows.sized("b", 401))).isFalse();
    assertThat(queue.offer(Rows.sized("b", 400))).isTrue();

    queue.poll();
    assertThat(queue.offer(Rows.sized("c", 1000))).isTrue();
  }

  @Test
  void aWriteLargerThanTheQueueIsAcceptedAlone() {
    var queue = new WriteQueue(100, 1000, NEVER);

    assertThat(queue.offer(Rows.sized("a", 5000))).isTrue();
    assertThat(queue.offer(Rows.sized("b", 100))).isFalse();
    assertThat(queue.poll().orElseThrow().writes()).hasSize(1);
  }

  @Test
  void aLargeGroupIsDividedButNotAWrite() {
    var queue = new WriteQueue(100, MUCH, Duration.ZERO);
    queue.offer(Rows.write("a", 1, Portions.JOURNAL_ROWS + 5));
    queue.offer(Rows.write("b", 1, Portions.JOURNAL_ROWS - 1));
    queue.offer(Rows.write("c", 1, 1));
    queue.offer(Rows.write("d", 1, 1));

    assertThat(logs(queue.poll())).containsExactly("a");
    assertThat(logs(queue.poll())).containsExactly("b", "c");
    assertThat(logs(queue.poll())).containsExactly("d");
  }

  @Test
  void aSecondGroupWaitsWhileTheFirstIsWritten() {
    var queue = new WriteQueue(100, MUCH, NEVER);
    queue.offer(Rows.write("a", 1, 1));
    var first = queue.poll().orElseThrow();
    queue.offer(Rows.write("b", 1, 1));

    assertThat(queue.poll()).isEmpty();

    queue.ended(first, Set.of());
    assertThat(logs(queue.poll())).containsExactly("b");
  }

  @Test
  void aThreadThatWaitsTakesASecondGroupWhenTheFirstIsSlow() throws Exception {
    var queue = new WriteQueue(100, MUCH, Duration.ofMillis(20));
    queue.offer(Rows.write("a", 1, 1));
    queue.take();
    queue.offer(Rows.write("b", 1, 1));

    assertThat(logs(queue.take())).containsExactly("b");
  }

  @Test
  void aWriteOfALogThatIsBeingWrittenWaitsAndOthersDoNot() {
    var queue = new WriteQueue(100, MUCH, Duration.ZERO);
    queue.offer(Rows.write("a", 1, 1));
    var first = queue.poll().orElseThrow();
    queue.offer(Rows.write("a", 2, 1));
    queue.offer(Rows.write("b", 1, 1));

    assertThat(logs(queue.poll())).containsExactly("b");
    assertThat(queue.poll()).isEmpty();

    queue.ended(first, Set.of());
    assertThat(logs(queue.poll())).containsExactly("a");
  }

  @Test
  void theWritesAfterAFailedOneOfTheSameLogLeaveTheQueue() {
    var queue = new WriteQueue(2, MUCH, Duration.ZERO);
    queue.offer(Rows.write("a", 1, 1));
    var first = queue.poll().orElseThrow();
    var next = Rows.write("a", 2, 1);
    queue.offer(next);
    queue.offer(Rows.write("b", 1, 1));

    assertThat(queue.ended(first, Set.of("a"))).containsExactly(next);
    assertThat(logs(queue.poll())).containsExactly("b");
  }

  @Test
  void waitingThreadsGetTheWritesThatArrive() throws Exception {
    var queue = new WriteQueue(1000, MUCH, Duration.ZERO);
    var done = new CompletableFuture<Void>();
    var writes = new ArrayList<JournalWrite>();
    for (int i = 0; i < 500; i++) writes.add(Rows.write("log " + i % 50, i / 50 + 1, 1));
    for (int i = 0; i < 2; i++) Thread.startVirtualThread(() -> succeedAll(queue, done));

    writes.forEach(queue::offer);

    for (var write : writes) write.done().toCompletableFuture().get(5, MINUTES);
    queue.close();
    done.get(5, MINUTES);
  }

  private static void succeedAll(WriteQueue queue, CompletableFuture<Void> done) {
    try {
      for (var group = queue.take(); group.isPresent(); group = queue.take()) {
        group.get().writes().forEach(JournalWrite::succeed);
        queue.ended(group.get(), Set.of());
      }
      done.complete(null);
    } catch (InterruptedException stop) {
      done.completeExceptionally(stop);
    }
  }

  @Test
  void aClosedQueueGivesBackItsWritesAndTakesNone() throws Exception {
    var queue = new WriteQueue(100, MUCH, NEVER);
    var write = Rows.write("a", 1, 1);
    queue.offer(write);

    assertThat(queue.close()).containsExactly(write);
    assertThat(queue.offer(Rows.write("b", 1, 1))).isFalse();
    assertThat(queue.take()).isEmpty();
  }

  /// Steps from 0 on offer a write of a log; -1 begins a group; others end one, with or without
  /// failures.
  @Property
  void everyWriteIsTakenOnceInTheOrderOfItsLogWithinTheBounds(
      @ForAll("steps") @Size(max = 200) List<Integer> steps,
      @ForAll @IntRange(min = 1, max = 20) int most) {
    var queue = new WriteQueue(most, most * 100L, Duration.ZERO);
    var offered = new HashMap<String, Queue<JournalWrite>>();
    var active = new ArrayDeque<WriteQueue.Group>();
    for (int step : steps) {
      if (step >= 0) offer(queue, offered, step % 5, 40 + step * 7);
      else if (step == -1) queue.poll().ifPresent(group -> begin(group, offered, active));
      else end(queue, offered, active, step == -3);
      assertThat(queue.size()).isLessThanOrEqualTo(most);
    }
    while (!active.isEmpty() || queue.size() > 0) {
      end(queue, offered, active, false);
      queue.poll().ifPresent(group -> begin(group, offered, active));
    }
    assertThat(offered.values()).allMatch(Queue::isEmpty);
  }

  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers().between(-3, 14).list();
  }

  private static void offer(
      WriteQueue queue, Map<String, Queue<JournalWrite>> offered, int log, int bytes) {
    var write = Rows.sized("log " + log, bytes);
    if (queue.offer(write)) offeredTo(offered, write.log()).add(write);
  }

  private static Queue<JournalWrite> offeredTo(
      Map<String, Queue<JournalWrite>> offered, String log) {
    return offered.computeIfAbsent(log, _ -> new ArrayDeque<>());
  }

  private static void begin(
      WriteQueue.Group group,
      Map<String, Queue<JournalWrite>> offered,
      ArrayDeque<WriteQueue.Group> active) {
    var busy = new HashSet<String>();
    active.forEach(other -> other.writes().forEach(write -> busy.add(write.log())));
    for (var write : group.writes()) {
      assertThat(busy).doesNotContain(write.log());
      assertThat(offeredTo(offered, write.log()).poll()).isSameAs(write);
    }
    active.add(group);
  }

  private static void end(
      WriteQueue queue,
      Map<String, Queue<JournalWrite>> offered,
      ArrayDeque<WriteQueue.Group> active,
      boolean isFailed) {
    var group = active.poll();
    if (group == null) return;
    var failed = isFailed ? group.writes().getFirst().log() : "none";
    var left = queue.ended(group, Set.of(failed));
    if (isFailed) {
      assertThat(left).containsExactlyElementsOf(offeredTo(offered, failed));
      offeredTo(offered, failed).clear();
    }
  }

  private static List<String> logs(Optional<WriteQueue.Group> group) {
    return group.orElseThrow().writes().stream().map(JournalWrite::log).toList();
  }
}
