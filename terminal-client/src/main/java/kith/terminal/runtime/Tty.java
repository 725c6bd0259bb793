package kith.terminal.runtime;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.BasicCharacterPattern;
import com.googlecode.lanterna.input.CharacterPattern;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import com.googlecode.lanterna.terminal.ansi.UnixLikeTerminal.CtrlCBehaviour;
import com.googlecode.lanterna.terminal.ansi.UnixTerminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import kith.terminal.config.Conf;

/// The process's terminal: Lanterna's, extended by whole graphemes, bracketed paste and all keys.
final class Tty extends UnixTerminal implements Display {
  /// No real key produces these.
  static final KeyStroke PASTE_BEGINS = new KeyStroke(KeyType.Unknown, true, true, true);

  static final KeyStroke PASTE_ENDS = new KeyStroke(KeyType.Unknown, true, true, false);

  static final KeyStroke FOCUS_COMES = new KeyStroke(KeyType.Unknown, true, false, true);

  static final KeyStroke FOCUS_GOES = new KeyStroke(KeyType.Unknown, true, false, false);

  private static final TerminalSize USUAL = new TerminalSize(80, 24);
  private static final int FRAME_BYTES = 64 * 1024;
  private static final char ESCAPE = '\u001b';

  private boolean isLeft;
  private boolean isLent;
  private boolean hasPictures;

  private Tty(InputStream in, OutputStream out) throws IOException {
    super(in, out, StandardCharsets.UTF_8, CtrlCBehaviour.TRAP);
  }

  static Tty open() throws IOException {
    var tty =
        new Tty(
            new FileInputStream(FileDescriptor.in),
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), FRAME_BYTES));
    tty.getInputDecoder().addProfile(Tty::patterns);
    return tty;
  }

  static List<CharacterPattern> patterns() {
    return List.of(
        new MousePattern(),
        new Answer.Patterns(),
        pattern(PASTE_BEGINS, "\u001b[200~"),
        pattern(PASTE_ENDS, "\u001b[201~"),
        pattern(FOCUS_COMES, "\u001b[I"),
        pattern(FOCUS_GOES, "\u001b[O"),
        pattern(new KeyStroke(KeyType.Enter), "\r"),
        pattern(new KeyStroke('j', true, false), "\n"),
        pattern(new KeyStroke(KeyType.Enter, false, true), "\u001b\r"),
        pattern(new KeyStroke(KeyType.Enter, false, true), "\u001b\n"),
        pattern(new KeyStroke(KeyType.Backspace, false, true), "\u001b\u007f"));
  }

  private static CharacterPattern pattern(KeyStroke key, String bytes) {
    return new BasicCharacterPattern(key, bytes.toCharArray());
  }

  /// All keys are read as input: none stops the output, suspends the process or ends it.
  @Override
  protected void keyStrokeSignalsEnabled(boolean enabled) throws IOException {
    // the previous settings are restored as a whole
    if (!enabled) runSTTYCommand("-isig", "-ixon", "-iexten", "-icrnl");
  }

  /// Reads the size from the tty driver. Lanterna queries the terminal, whose answer can get lost
  /// among key strokes.
  @Override
  protected TerminalSize findTerminalSize() throws IOException {
    var words = runSTTYCommand("size").strip().split(" ", 2);
    if (words.length < 2) return USUAL;
    try {
      int rows = Integer.parseInt(words[0]);
      int columns = Integer.parseInt(words[1]);
      return rows > 0 && columns > 0 ? new TerminalSize(columns, rows) : USUAL;
    } catch (NumberFormatException unknown) {
      return USUAL;
    }
  }

  @Override
  public void putString(String string) throws IOException {
    hasPictures |= string.startsWith(PictureSequences.KITTY + "a=T");
    writeToTerminal(bytes(string));
  }

  /// Lanterna writes char by char, which breaks characters outside the BMP.
  static byte[] bytes(String string) {
    return string.getBytes(StandardCharsets.UTF_8);
  }

  /// Drops output while the terminal is lent or after it was restored, so that a late frame cannot
  /// corrupt it.
  @Override
  protected void writeToTerminal(byte... bytes) throws IOException {
    synchronized (this) {
      if (!isLeft && !isLent) super.writeToTerminal(bytes);
    }
  }

  @Override
  public synchronized void enterPrivateMode() throws IOException {
    super.enterPrivateMode();
    // save the title; bracketed paste; focus events
    sequence("[22;0t");
    sequence("[?2004h");
    sequence("[?1004h");
  }

  @Override
  public synchronized void exitPrivateMode() throws IOException {
    isLent = false;
    sequence("[?2026l");
    removePictures();
    sequence("[?1004l");
    sequence("[?2004l");
    mouse(false);
    sequence("[23;0t");
    setCursorVisible(true);
    super.exitPrivateMode();
    flush();
    isLeft = true;
  }

  /// Text does not remove the pictures of kitty.
  private void removePictures() throws IOException {
    if (hasPictures) writeToTerminal(bytes(PictureSequences.NO_KITTY));
    hasPictures = false;
  }

  @Override
  public synchronized void lend() throws IOException {
    sequence("[?2026l");
    removePictures();
    sequence("[?1004l");
    sequence("[?2004l");
    mouse(false);
    resetColorAndSGR();
    setCursorVisible(true);
    sequence("[?1049l");
    flush();
    restoreTerminalSettings();
    isLent = true;
  }

  @Override
  public synchronized void retake() throws IOException {
    if (isLeft) return;
    isLent = false;
    runSTTYCommand("-icanon", "-echo", "min", "1");
    keyStrokeSignalsEnabled(false);
    sequence("[?1049h");
    sequence("[?2004h");
    sequence("[?1004h");
  }

  @Override
  public void beginFrame() throws IOException {
    sequence("[?2026h");
  }

  @Override
  public void endFrame() throws IOException {
    sequence("[?2026l");
    flush();
  }

  @Override
  public void title(String text) throws IOException {
    putString(ESCAPE + "]2;" + text + "\u0007");
  }

  @Override
  public void ask(String question) throws IOException {
    putString(question);
  }

  /// OSC 52: works through ssh, and through multiplexers that allow it.
  @Override
  public void copy(String text) throws IOException {
    var coded = Base64.getEncoder().encodeToString(bytes(text));
    putString(ESCAPE + "]52;c;" + coded + "\u0007");
  }

  @Override
  public void mouse(boolean isOurs) throws IOException {
    sequence(isOurs ? "[?1000h" : "[?1006l");
    sequence(isOurs ? "[?1006h" : "[?1000l");
  }

  /// Shows a notification; its sequence passes through tmux if tmux allows that.
  @Override
  public void call(Conf.How how, String title, String text) throws IOException {
    if (how == Conf.How.BELL) bell();
    var whole = NotificationSequence.of(how, title, text);
    if (whole.isEmpty()) return;
    boolean isTmux = System.getenv("TMUX") != null;
    putString(isTmux ? NotificationSequence.throughTmux(whole) : whole);
  }

  private void sequence(String what) throws IOException {
    writeToTerminal((ESCAPE + what).getBytes(StandardCharsets.US_ASCII));
  }
}
