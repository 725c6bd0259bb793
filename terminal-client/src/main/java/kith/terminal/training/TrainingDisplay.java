package kith.terminal.training;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.terminal.virtual.DefaultVirtualTerminal;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import kith.terminal.runtime.BareDisplay;

/// A terminal in memory. The keys are typed by the training.
final class TrainingDisplay extends DefaultVirtualTerminal implements BareDisplay {
  private final BlockingQueue<KeyStroke> keys = new LinkedBlockingQueue<>();
  private String shown = "";

  TrainingDisplay() {
    super(new TerminalSize(100, 30));
  }

  void type(String text) {
    text.chars().forEach(unit -> keys.add(new KeyStroke((char) unit, false, false)));
  }

  void press(KeyType key) {
    keys.add(new KeyStroke(key));
  }

  void control(char key) {
    keys.add(new KeyStroke(key, true, false));
  }

  /// Waits until the screen contains a text.
  ///
  /// @return false if it does not in time
  synchronized boolean awaits(String text, long millis) throws InterruptedException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    while (!shown.contains(text)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) return false;
      wait(left);
    }
    return true;
  }

  /// Blocks without the lock that the painter needs.
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public KeyStroke readInput() {
    try {
      return keys.take();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
      return new KeyStroke(KeyType.EOF);
    }
  }

  @Override
  public synchronized void endFrame() {
    shown = toString();
    notifyAll();
  }
}
