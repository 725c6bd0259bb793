package kith.terminal.runtime;

import com.googlecode.lanterna.terminal.Terminal;
import java.io.IOException;
import kith.terminal.config.Conf;

/// The terminal that the full-screen client runs in, as far as its loop knows it.
public interface Display extends Terminal {

  /// A terminal that knows this shows a frame at once or not at all.
  void beginFrame() throws IOException;

  /// What was painted since `beginFrame` is to be seen now.
  void endFrame() throws IOException;

  /// @param text without anything that a terminal obeys
  void title(String text) throws IOException;

  /// Puts a text onto the clipboard of whoever sits at the terminal, if it can.
  void copy(String text) throws IOException;

  /// Asks for clicks and the wheel, or leaves them to the terminal.
  void mouse(boolean isOurs) throws IOException;

  /// Makes somebody look here.
  ///
  /// @param title without anything that a terminal obeys, as is `text`
  void call(Conf.How how, String title, String text) throws IOException;

  /// Leaves the terminal to another program, as that program expects it, until `retake`.
  void lend() throws IOException;

  /// Takes the terminal again: something else had it for a while.
  void retake() throws IOException;
}
