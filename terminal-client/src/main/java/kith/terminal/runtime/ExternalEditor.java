package kith.terminal.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kith.terminal.model.Editor;
import kith.terminal.net.Unreachable;
import kith.terminal.update.Input;

/// The user's editor, on a file that only the user can read.
record ExternalEditor(String command) {

  /// Both variables may contain arguments.
  static ExternalEditor of(Map<String, String> environment) {
    return Stream.of("VISUAL", "EDITOR")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isBlank())
        .findFirst()
        .map(ExternalEditor::new)
        .orElse(new ExternalEditor("vi"));
  }

  /// Runs on the client's terminal until it exits.
  Input edit(String text) {
    try {
      return new Input.EditedExternally(edited(text));
    } catch (Unreachable unusable) {
      return new Input.NotEdited(unusable.sentence());
    }
  }

  /// The same, but throws `Unreachable` if the text cannot be used.
  String edited(String text) {
    try {
      var file = Files.createTempFile("kith-", ".md");
      boolean isKept = false;
      try {
        Files.writeString(file, text);
        int code = run(file.toString());
        if (code != 0)
          throw new Unreachable(
              "'" + command + "' exited with code " + code + "; the text is unchanged.");
        var edited = Files.readString(file).stripTrailing();
        isKept = edited.length() > Editor.MAX_CHARS;
        if (isKept)
          throw new Unreachable(
              "This is too long for a message: /file " + file + " sends it as a file.");
        return edited;
      } finally {
        if (!isKept) Files.deleteIfExists(file);
      }
    } catch (IOException fault) {
      throw new Unreachable("'" + command + "' could not be run: " + fault.getMessage());
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
      throw new Unreachable("The editor was interrupted.");
    }
  }

  private int run(String file) throws IOException, InterruptedException {
    var words = List.of("sh", "-c", command + " \"$1\"", "sh", file);
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }
}
