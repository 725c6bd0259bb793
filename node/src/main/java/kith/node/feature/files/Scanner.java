package kith.node.feature.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.config.Portions;

/// A command of the operator that checks a content: it reads the bytes from its standard input and
/// ends with 0 if they are harmless, with 1 if they are not. Any other result is not a verdict.
///
/// @param command the program and its arguments
/// @param timeOut after which the command is stopped
record Scanner(List<String> command, Duration timeOut) {
  private static final int CLEAN = 0;
  private static final int INFECTED = 1;

  /// The environment of a node contains secrets.
  private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "TMPDIR");

  Scanner {
    command = List.copyOf(command);
  }

  sealed interface Verdict {
    record Clean() implements Verdict {}

    /// @param finding the beginning of the command's output
    record Infected(String finding) implements Verdict {}
  }

  /// The command did not start, was stopped, did not read everything, or failed.
  static final class NoVerdict extends RuntimeException {
    NoVerdict(String sentence) {
      super(sentence);
    }
  }

  /// Runs the command. Blocks, at most for the time-out and one read of `parts`.
  ///
  /// @param parts the content; the next part is read when the command has taken the last one
  Verdict check(Iterator<byte[]> parts) {
    var process = start();
    var output = new Output(process.getInputStream());
    var reader = Thread.ofVirtual().start(output);
    var isLate = new AtomicBoolean();
    var limit = Thread.ofVirtual().start(() -> stopLate(process, isLate));
    try {
      var isRead = write(process, parts);
      var end = process.waitFor();
      var _ = reader.join(FileIntervals.SCAN_OUTPUT);
      if (isLate.get()) throw new NoVerdict("it did not end in time");
      return verdict(end, isRead, output.text());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new NoVerdict("the node stops");
    } finally {
      limit.interrupt();
      kill(process);
    }
  }

  private Process start() {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().retainAll(PASSED_ON);
    try {
      return builder.start();
    } catch (IOException fault) {
      throw new NoVerdict("it cannot be started");
    }
  }

  /// False if the command closed its input before the end.
  private static boolean write(Process process, Iterator<byte[]> parts) {
    try (var in = process.getOutputStream()) {
      while (parts.hasNext()) in.write(parts.next());
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /// A command that has found a threat need not read the rest.
  private static Verdict verdict(int end, boolean isRead, String output) {
    if (end == INFECTED) return new Verdict.Infected(output);
    if (end == CLEAN && isRead) return new Verdict.Clean();
    throw new NoVerdict(
        end == CLEAN
            ? "it ended before it had read the content"
            : "it ended with " + end + (output.isEmpty() ? "" : ": " + output));
  }

  /// A shell whose child is killed may continue and end with 0, which is not a verdict then.
  private void stopLate(Process process, AtomicBoolean isLate) {
    try {
      if (process.waitFor(timeOut.toMillis(), TimeUnit.MILLISECONDS)) return;
      isLate.set(true);
      kill(process);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /// A shell that is killed leaves its children, which would keep the output open.
  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /// Reads everything that the command writes, and keeps the beginning.
  private static final class Output implements Runnable {
    private final InputStream in;
    private final StringBuilder kept = new StringBuilder();

    Output(InputStream in) {
      this.in = in;
    }

    @Override
    public void run() {
      var buffer = new byte[Portions.SCAN_OUTPUT];
      try (in) {
        for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) keep(buffer, count);
      } catch (IOException ended) {
        // the output read so far is enough
      }
    }

    private synchronized void keep(byte[] bytes, int count) {
      var room = Portions.SCAN_OUTPUT - kept.length();
      kept.append(new String(bytes, 0, Math.min(count, room), StandardCharsets.UTF_8));
    }

    /// The text on one line, without control characters.
    synchronized String text() {
      return kept.toString().replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    }
  }
}
