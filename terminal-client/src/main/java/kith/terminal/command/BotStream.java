package kith.terminal.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import kith.terminal.plain.ProgramEvent;

/// The program of a bot that runs all the time: each event is a line of JSON on its standard input,
/// each line of its standard output an action.
final class BotStream implements AutoCloseable {
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
          read(actions);
          process.onExit().thenAccept(it -> ended.accept(it.exitValue()));
        });
  }

  private void read(Consumer<String> actions) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine())
        if (!line.isBlank()) actions.accept(line);
    } catch (IOException closed) {
      // it has ended
    }
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
