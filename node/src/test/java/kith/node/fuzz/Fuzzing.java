package kith.node.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads mutated inputs until their number or the time is reached, and fails at the first defect:
/// an undeclared failure, a wrong value, too much memory, or a hang.
///
/// A run is repeatable: `kith.fuzz.seed` determines all inputs. `kith.fuzz.seconds` makes it a long
/// one. Inputs with a new outcome are mutated further.
public final class Fuzzing {
  private static final long SEED = Long.getLong("kith.fuzz.seed", 20261122L);
  private static final int INPUTS = Integer.getInteger("kith.fuzz.inputs", 2_000);
  private static final Optional<Integer> SECONDS =
      Optional.ofNullable(Integer.getInteger("kith.fuzz.seconds"));

  /// The most that a reader may allocate, in bytes, and in bytes per byte of its input. Jackson
  /// reads a CBOR text of up to 250,000 bytes in one piece and trusts its announced length.
  private static final long MOST_ALLOCATED = 512 * 1024;

  private static final long MOST_ALLOCATED_PER_BYTE = 256;

  /// Far longer than any input takes, so that a busy machine does not count as a hang.
  private static final long HANG_SECONDS = 60;

  private static final int MOST_OUTCOMES = 2_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String name;
  private final List<Input> seeds;
  private final Mutations mutations;

  private final AtomicLong done = new AtomicLong();
  private volatile Input current;

  /// @param trees reads and writes the format of the inputs; empty if they are no trees
  public Fuzzing(
      String name, List<Input> seeds, List<byte[]> dictionary, Optional<ObjectMapper> trees) {
    this.name = name;
    this.seeds = seeds;
    this.mutations = new Mutations(dictionary, trees);
    this.current = seeds.getFirst();
  }

  public <T> void run(Target<T> target) throws InterruptedException {
    var task = new FutureTask<Void>(() -> mutateAndRead(target), null);
    Thread.ofPlatform().daemon().name("fuzz " + name).start(task);
    var before = -1L;
    while (true) {
      try {
        task.get(HANG_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException _) {
        if (done.get() == before) throw defect("does not end", null);
        before = done.get();
      } catch (ExecutionException fault) {
        throw defect(String.valueOf(fault.getCause()), fault.getCause());
      }
    }
  }

  private AssertionError defect(String what, @Nullable Throwable cause) {
    return new AssertionError(
        "%s, seed %d, input %d: %s%n%s%n%s"
            .formatted(
                name,
                SEED,
                done.get(),
                what,
                current,
                current.text().replaceAll("\\p{Cntrl}", "?")),
        cause);
  }

  private <T> void mutateAndRead(Target<T> target) {
    var random = new Random(SEED);
    var pool = new ArrayList<>(seeds);
    Set<String> outcomes = new HashSet<>();
    var started = System.nanoTime();
    for (var seed : seeds) outcomes.add(outcome(target, seed));
    while (hasMore(started)) {
      var input = mutations.mutate(random, pool);
      var outcome = outcome(target, input);
      if (outcomes.size() < MOST_OUTCOMES && outcomes.add(outcome)) pool.add(input);
    }
    System.out.printf(
        Locale.ROOT,
        "fuzz: %s: %d inputs in %.1f s, seed %d, %d outcomes%n",
        name,
        done.get(),
        (System.nanoTime() - started) / 1e9,
        SEED,
        outcomes.size());
  }

  private boolean hasMore(long started) {
    return SECONDS
        .map(most -> System.nanoTime() - started < TimeUnit.SECONDS.toNanos(most))
        .orElse(done.get() < INPUTS);
  }

  private <T> String outcome(Target<T> target, Input input) {
    current = input;
    try {
      var outcome = judged(target, input);
      done.incrementAndGet();
      return outcome;
    } catch (Exception fault) {
      throw new IllegalStateException(String.valueOf(fault.getMessage()), fault);
    }
  }

  private static <T> String judged(Target<T> target, Input input) throws Exception {
    var before = THREADS.getCurrentThreadAllocatedBytes();
    T value;
    try {
      value = target.read(input);
    } catch (Exception failure) {
      requireLittleMemory(allocatedSince(before), target, input);
      return "refused: " + target.refused(input, failure);
    }
    requireLittleMemory(allocatedSince(before), target, input);
    return "accepted: " + target.accepted(input, value);
  }

  /// The first reading of a kind of input loads classes and fills caches, so a reading counts only
  /// if it allocates too much again.
  private static <T> void requireLittleMemory(long first, Target<T> target, Input input) {
    var most = MOST_ALLOCATED + MOST_ALLOCATED_PER_BYTE * input.bytes().length;
    var allocated = first;
    for (var again = 0; again < 3 && allocated > most; again++) {
      var before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        var _ = target.read(input);
      } catch (Exception _) {
        // judged later
      }
      allocated = allocatedSince(before);
    }
    if (allocated > most)
      throw new IllegalStateException("allocates " + allocated + " bytes, at most " + most);
  }

  private static long allocatedSince(long before) {
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
