package kith.terminal.story;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.terminal.virtual.DefaultVirtualTerminal;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kith.terminal.config.ClientConf;
import kith.terminal.profile.Access;
import kith.terminal.profile.Places;
import kith.terminal.profile.Profile;
import kith.terminal.runtime.BareDisplay;
import kith.terminal.runtime.FullScreen;

/// The full-screen client as a process that reads keys from a pipe and writes frames to a pipe.
final class PipedClient extends DefaultVirtualTerminal implements BareDisplay {
  /// Follows each frame.
  static final String END_OF_FRAME = "\f";

  private final Reader keys = new InputStreamReader(System.in, StandardCharsets.UTF_8);
  private final PrintStream frames = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private PipedClient() {
    super(new TerminalSize(60, 24));
  }

  static void main(String[] arguments) throws Exception {
    var places = new Places(Path.of(arguments[0]), Path.of(arguments[1]));
    var access = Access.of(Profile.named(places, arguments[2]));
    FullScreen.run(
        new PipedClient(),
        access,
        (_, _, _, _) -> {
          throw new IllegalStateException("logged in already");
        },
        "",
        ClientConf.shipped().withTheme("mono"));
    System.exit(0);
  }

  /// Blocks without the lock that the painter needs.
  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  public KeyStroke readInput() {
    try {
      int key = keys.read();
      if (key < 0) return new KeyStroke(KeyType.EOF);
      return key == '\n' ? new KeyStroke(KeyType.Enter) : new KeyStroke((char) key, false, false);
    } catch (IOException gone) {
      return new KeyStroke(KeyType.EOF);
    }
  }

  @Override
  public void endFrame() {
    frames.print(this + "\n" + END_OF_FRAME + "\n");
    frames.flush();
  }
}
