package kith.terminal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.terminal.virtual.DefaultVirtualTerminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kith.terminal.config.ClientConf;
import org.junit.jupiter.api.Test;

/// The ends of the loop.
class FullScreenTest {

  /// A terminal that fails with the second frame.
  private static final class FailingTerminal extends DefaultVirtualTerminal implements BareDisplay {
    private final List<String> seen = new ArrayList<>();
    private int frames;

    FailingTerminal() {
      super(new TerminalSize(60, 16));
    }

    @Override
    public synchronized void enterPrivateMode() {
      seen.add("taken");
      super.enterPrivateMode();
    }

    @Override
    public synchronized void exitPrivateMode() {
      seen.add("restored");
      super.exitPrivateMode();
    }

    /// Blocks without a key, and without the lock that the painter needs.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public KeyStroke readInput() {
      LockSupport.park();
      return new KeyStroke(KeyType.Unknown);
    }

    @Override
    public void endFrame() throws IOException {
      if (++frames == 2) throw new IOException("unplugged");
    }

    @Override
    public void mouse(boolean isOurs) {
      seen.add(isOurs ? "mouse" : "no mouse");
    }
  }

  /// A terminal with one key: the one that quits.
  private static final class QuittingTerminal extends DefaultVirtualTerminal
      implements BareDisplay {
    private final AtomicInteger reads = new AtomicInteger();
    private volatile Thread reader = Thread.currentThread();

    QuittingTerminal() {
      super(new TerminalSize(60, 16));
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public KeyStroke readInput() {
      reader = Thread.currentThread();
      if (reads.incrementAndGet() > 1) LockSupport.park();
      return new KeyStroke('q', true, false);
    }

    @Override
    public void endFrame() {}

    /// Waits until the thread of the keyboard does.
    int reads() {
      while (reader.getState() != Thread.State.WAITING) Thread.onSpinWait();
      return reads.get();
    }
  }

  @Test
  void theTerminalIsNotReadAfterTheKeyThatQuits() throws IOException, InterruptedException {
    var terminal = new QuittingTerminal();

    run(terminal);

    assertThat(terminal.reads()).isEqualTo(1);
  }

  @Test
  void theTerminalIsRestoredWhenAFrameFails() {
    var terminal = new FailingTerminal();

    assertThatThrownBy(() -> run(terminal)).isInstanceOf(IOException.class).hasMessage("unplugged");

    assertThat(terminal.seen).containsExactly("taken", "restored");
  }

  private static void run(Display terminal) throws IOException, InterruptedException {
    FullScreen.run(
        terminal,
        Optional.empty(),
        (_, _, _, _) -> {
          throw new IllegalStateException("nobody logs in");
        },
        "http://127.0.0.1:1",
        ClientConf.shipped());
  }
}
