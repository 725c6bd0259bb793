package kith.terminal.runtime;

import com.googlecode.lanterna.terminal.Terminal;
import java.io.IOException;
import kith.terminal.config.Conf;

/// The terminal of the full-screen client.
public interface Display extends Terminal {

  /// Terminals with synchronized output show everything until `endFrame` at once.
  void beginFrame() throws IOException;

  /// Shows everything that was painted since `beginFrame`.
  void endFrame() throws IOException;

  /// @param text without control characters
  void title(String text) throws IOException;

  /// Copies a text to the user's clipboard, if the terminal supports that.
  void copy(String text) throws IOException;

  /// Asks the terminal about itself. Answers arrive among the keys, if at all.
  default void ask(String question) throws IOException {}

  /// Turns mouse reporting on or off.
  void mouse(boolean isOurs) throws IOException;

  /// Notifies the user.
  ///
  /// @param title without control characters, as is `text`
  void call(Conf.How how, String title, String text) throws IOException;

  /// Restores the terminal's settings for another program, until `retake`.
  void lend() throws IOException;

  /// Takes the terminal back and sets it up again.
  void retake() throws IOException;
}
