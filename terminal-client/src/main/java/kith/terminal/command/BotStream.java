package kith.terminal.command;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import kith.terminal.plain.ProgramEvent;

/// The program of a bot that runs all the time: each event is a line of JSON on its standard input,
/// each line of its standard output an action.
final class BotStream implements AutoCloseable {
  private static final int MAX_LINE = 1024 * 1024;

  private final Process process;
  private final OutputStream in;

  /// @param actions called for each line, one at a time; the program waits meanwhile
  /// @param ended called with the exit code
  BotStream(List<String> command, Consumer<String> actions, IntConsumer ended) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    in = process.getOutputStream();
    Thread.ofPlatform()
        .name("kith-bot-output")
        .daemon()
        .start(() -> {
          try {
            read(actions);
          } finally {
            var _ = process.onExit().thenAccept(it -> ended.accept(it.exitValue()));
          }
        });
  }

  private void read(Consumer<String> actions) {
    try (var in = new BufferedInputStream(process.getInputStream())) {
      for (var line = line(in); line.isPresent(); line = line(in))
        if (!line.get().isBlank()) actions.accept(line.get());
    } catch (IOException closed) {
      // it has ended
    }
  }

  /// Empty at the end. A line above the bound is left out, so that a program that never ends a line
  /// does not exhaust the memory.
  private static Optional<String> line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    var isTooLong = false;
    var next = in.read();
    if (next < 0) return Optional.empty();
    for (; next >= 0 && next != '\n'; next = in.read())
      if (line.size() < MAX_LINE) line.write(next);
      else isTooLong = true;
    if (!isTooLong) return Optional.of(line.toString(StandardCharsets.UTF_8));
    System.err.println("A line of more than 1 MiB was left out.");
    return Optional.of("");
  }

  /// False if the program no longer reads.
  boolean pass(ProgramEvent event) {
    try {
      in.write((event.json() + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
      return true;
    } catch (IOException ended) {
      return false;
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
