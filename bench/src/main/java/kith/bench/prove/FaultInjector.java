package kith.bench.prove;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Causes faults with the operator's command, and records all faults with their times.
final class FaultInjector {
  private static final int MAX_FAULTS = 10_000;
  private static final long LAST_WAIT_SECONDS = 60;

  private final Clock clock;
  private final Output out;
  private final List<InjectedFault> done = new CopyOnWriteArrayList<>();
  private volatile @Nullable Process running;
  private volatile boolean hasEnded;

  FaultInjector(Clock clock, Output out) {
    this.clock = clock;
    this.out = out;
  }

  List<InjectedFault> done() {
    return List.copyOf(done);
  }

  /// Runs the command repeatedly while clients write, with pauses of 0.5 to 1.5 times
  /// `everyMillis`.
  void start(String command, long everyMillis, RandomGenerator random) {
    Thread.ofVirtual()
        .name("faults")
        .start(() -> {
          try {
            for (int number = 1; clock.phase() == Clock.Phase.WRITING; number++) {
              Thread.sleep(everyMillis / 2 + random.nextLong(everyMillis));
              if (clock.phase() == Clock.Phase.WRITING)
                inject(command, number, random.nextInt(Integer.MAX_VALUE));
            }
          } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
          } catch (IOException fault) {
            out.println("the command could not be run: %s", fault);
          }
        });
  }

  private void inject(String command, int number, int chance)
      throws IOException, InterruptedException {
    record(new InjectedFault("command", "fault " + number, clock.now()));
    var builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    builder.environment().put("KITH_HARM", Integer.toString(number));
    builder.environment().put("KITH_CHANCE", Integer.toString(chance));
    var process = builder.start();
    running = process;
    process.getOutputStream().close();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine())
        out.println("  fault %d: %s", number, line);
    }
    int status = process.waitFor();
    running = null;
    if (status != 0) out.println("  fault %d: the command ended with %d", number, status);
  }

  /// Records each line of standard input as a fault that is caused at that moment, and shows those
  /// that begin with `#`. The end of the input ends the writing.
  void listen() {
    Thread.ofPlatform()
        .daemon()
        .name("marks")
        .start(() -> {
          try (var lines =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine())
              if (!line.isBlank()) take(line.strip());
            hasEnded = true;
          } catch (IOException closed) {
            out.println("marks can no longer be read: %s", closed);
          }
        });
  }

  private void take(String line) {
    if (line.startsWith("#"))
      out.println("%s     %s", Output.time(clock.now()), line.substring(1).strip());
    else record(InjectedFault.of(line, clock.now()));
  }

  private void record(InjectedFault fault) {
    if (done.size() >= MAX_FAULTS) return;
    done.add(fault);
    out.println("%s  ** %s", Output.time(fault.at()), fault.what());
  }

  /// Whether nobody will cause further faults.
  boolean hasEnded() {
    return hasEnded;
  }

  /// Waits for the last command to end, so that it can repair the fault it caused.
  void awaitLast() throws InterruptedException {
    var process = running;
    if (process == null || process.waitFor(LAST_WAIT_SECONDS, TimeUnit.SECONDS)) return;
    out.println("the command did not end and is killed");
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
