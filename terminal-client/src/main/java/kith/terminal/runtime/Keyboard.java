package kith.terminal.runtime;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import kith.terminal.update.Input;

/// Reads keys on its own thread, one at a time. A key may start another program on the terminal,
/// and the keys after it belong to that program.
final class Keyboard {
  private final Display tty;
  private final Consumer<String> answers;
  private final Consumer<Input> inputs;
  private final Semaphore mayRead = new Semaphore(0);

  /// @param answers receives the terminal's answers about itself, on the thread that reads
  Keyboard(Display tty, Consumer<String> answers, Consumer<Input> inputs) {
    this.tty = tty;
    this.answers = answers;
    this.inputs = inputs;
  }

  void start() {
    Thread.ofPlatform().name("kith-keys").daemon().start(this::read);
  }

  /// The previous input was handled: reads the next one.
  void resume() {
    mayRead.release();
  }

  private void read() {
    var reader = new KeyReader(answers);
    try {
      while (true) {
        var input = reader.read(tty.readInput());
        if (input.isEmpty()) continue;
        inputs.accept(input.get());
        if (input.get() instanceof Input.Hangup) return;
        mayRead.acquire();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException gone) {
      inputs.accept(new Input.Hangup());
    }
  }
}
