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

/// Does harm with the operator's command, and remembers what was done when, by it or by others.
final class Harms {
  private static final int MOST = 10_000;
  private static final long LAST_WAIT_SECONDS = 60;

  private final Clock clock;
  private final Announcer out;
  private final List<Harm> done = new CopyOnWriteArrayList<>();
  private volatile @Nullable Process running;

  Harms(Clock clock, Announcer out) {
    this.clock = clock;
    this.out = out;
  }

  List<Harm> done() {
    return List.copyOf(done);
  }

  /// Runs the command again and again, after half to one and a half times `everyMillis`, while
  /// there is writing.
  void start(String command, long everyMillis, RandomGenerator random) {
    Thread.ofVirtual()
        .name("harm")
        .start(() -> {
          try {
            for (int number = 1; clock.phase() == Clock.Phase.WRITING; number++) {
              Thread.sleep(everyMillis / 2 + random.nextLong(everyMillis));
              if (clock.phase() == Clock.Phase.WRITING)
                harm(command, number, random.nextInt(Integer.MAX_VALUE));
            }
          } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
          } catch (IOException fault) {
            out.line("the command could not be run: %s", fault);
          }
        });
  }

  private void harm(String command, int number, int chance)
      throws IOException, InterruptedException {
    remember("harm " + number);
    var builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    builder.environment().put("KITH_HARM", Integer.toString(number));
    builder.environment().put("KITH_CHANCE", Integer.toString(chance));
    var process = builder.start();
    running = process;
    process.getOutputStream().close();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine())
        out.line("  harm %d: %s", number, line);
    }
    int status = process.waitFor();
    running = null;
    if (status != 0) out.line("  harm %d: the command ended with %d", number, status);
  }

  /// Each line of standard input says what somebody else does to the cluster in this moment.
  void listen() {
    Thread.ofPlatform()
        .daemon()
        .name("marks")
        .start(() -> {
          try (var lines =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine())
              if (!line.isBlank()) remember(line.strip());
          } catch (IOException closed) {
            out.line("no more marks can be read: %s", closed);
          }
        });
  }

  private void remember(String what) {
    if (done.size() >= MOST) return;
    var harm = new Harm(what, clock.now());
    done.add(harm);
    out.line("%s  ** %s", Announcer.time(harm.at()), what);
  }

  /// Lets the last command end by itself, so that what it took away can come back.
  void awaitLast() throws InterruptedException {
    var process = running;
    if (process == null || process.waitFor(LAST_WAIT_SECONDS, TimeUnit.SECONDS)) return;
    out.line("the command does not end and is ended");
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
