package kith.terminal.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program of the user, which is started for one event and gets it on its standard input.
///
/// @param environment in addition to that of this program
/// @param errors receives its standard error
/// @param timeout after which it is ended, with the programs that it started
public record ChildProcess(
    List<String> command,
    Map<String, String> environment,
    ProcessBuilder.Redirect errors,
    Duration timeout) {
  /// More output of one run is not read.
  private static final int MAX_OUTPUT = 1024 * 1024;

  private static final int BROKEN = 126;

  /// For the output of a program that ended in the last moment.
  private static final long LEAST_WAIT = TimeUnit.SECONDS.toNanos(1);

  public ChildProcess {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /// @param exit its exit code; that of a shell if it was not started or took too long
  /// @param fault a sentence about that; empty if it ended by itself
  public record Result(int exit, String output, String fault) {}

  public Result run(String input) throws InterruptedException {
    Process process;
    try {
      var builder = new ProcessBuilder(command).redirectError(errors);
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException fault) {
      return new Result(BROKEN, "", String.valueOf(fault.getMessage()));
    }
    var deadline = System.nanoTime() + timeout.toNanos();
    var output = new Output();
    var reader = Thread.ofVirtual().start(() -> output.readFrom(process.getInputStream()));
    Thread.ofVirtual().start(() -> write(process, input));
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        end(process);
        return new Result(BROKEN, "", "It did not end within " + timeout.toSeconds() + " seconds.");
      }
      // a program that it left in the background may keep the output open
      reader.join(Duration.ofNanos(Math.max(LEAST_WAIT, deadline - System.nanoTime())));
      return new Result(process.exitValue(), output.text(), "");
    } finally {
      end(process);
    }
  }

  /// The output that was read so far, up to the bound.
  private static final class Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void readFrom(InputStream in) {
      var buffer = new byte[8 * 1024];
      try (in) {
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) keep(buffer, read);
      } catch (IOException closed) {
        // it has ended
      }
    }

    private synchronized void keep(byte[] buffer, int read) {
      bytes.write(buffer, 0, Math.min(read, MAX_OUTPUT - bytes.size()));
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /// Ends also the programs that it started, because a shell that is ended leaves them running.
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /// A program need not read its input.
  private static void write(Process process, String input) {
    try (var in = process.getOutputStream()) {
      in.write((input + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException notRead) {
      // the program also has the event in its environment, or does not need it
    }
  }
}
