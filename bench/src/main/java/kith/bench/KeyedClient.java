package kith.bench;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.ANSITerminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import kith.terminal.config.ClientConf;
import kith.terminal.profile.Access;
import kith.terminal.profile.Places;
import kith.terminal.profile.Profile;
import kith.terminal.runtime.BareDisplay;
import kith.terminal.runtime.FullScreen;

/// Runs the full-screen client in its own process, with two pipes as its terminal.
final class KeyedClient extends ANSITerminal implements BareDisplay {
  private static final int FRAME_BYTES = 64 * 1024;

  private final TerminalSize size;

  private KeyedClient(TerminalSize size) {
    super(
        new FileInputStream(FileDescriptor.in),
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), FRAME_BYTES),
        StandardCharsets.UTF_8);
    this.size = size;
  }

  /// @param arguments directory of the profile, its name, columns and rows
  static void main(String[] arguments) throws Exception {
    var home = Path.of(arguments[0]);
    var profile = Profile.named(new Places(home, home), arguments[1]);
    var size = new TerminalSize(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    FullScreen.run(
        new KeyedClient(size),
        Access.of(profile),
        (_, _, _, _) -> {
          throw new BenchFailure("The profile is already logged in.");
        },
        "",
        ClientConf.shipped().withTheme("dark"));
    System.exit(0);
  }

  @Override
  protected TerminalSize findTerminalSize() {
    return size;
  }

  @Override
  public void putString(String string) throws IOException {
    writeToTerminal(string.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void endFrame() throws IOException {
    flush();
  }
}
