package kith.terminal.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kith.terminal.model.Editor;
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
      var file = Files.createTempFile("kith-", ".md");
      boolean isKept = false;
      try {
        Files.writeString(file, text);
        int code = run(file.toString());
        if (code != 0)
          return new Input.NotEdited(
              "'" + command + "' exited with code " + code + "; the text is unchanged.");
        var edited = Files.readString(file).stripTrailing();
        isKept = edited.length() > Editor.MAX_CHARS;
        return isKept
            ? new Input.NotEdited(
                "This is too long for a message: /file " + file + " sends it as a file.")
            : new Input.EditedExternally(edited);
      } finally {
        if (!isKept) Files.deleteIfExists(file);
      }
    } catch (IOException fault) {
      return new Input.NotEdited("'" + command + "' could not be run: " + fault.getMessage());
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
      return new Input.NotEdited("The editor was interrupted.");
    }
  }

  private int run(String file) throws IOException, InterruptedException {
    var words = List.of("sh", "-c", command + " \"$1\"", "sh", file);
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }
}
