package kith.terminal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import kith.protocol.Program;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.terminal.profile.AtomicFile;

/// The position of a `tail`, stored in a file.
record TailState(String room, long seq) {

  static Optional<TailState> read(Path file) throws IOException {
    try {
      var text = AtomicFile.read(file);
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(Json.rest(text.get(), TailState.class));
    } catch (Malformed damaged) {
      throw new IOException(file + " is not a state file of " + Program.NAME + " tail.", damaged);
    }
  }

  /// Throws if the file cannot be written.
  static void check(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) throw new IOException("It is a directory.");
      var whole = file.toAbsolutePath();
      Files.delete(Files.createTempFile(whole.resolveSibling("."), ".kith", ""));
    } catch (IOException fault) {
      throw notWritable(file, fault);
    }
  }

  void write(Path file) throws IOException {
    try {
      AtomicFile.write(file, Json.restText(this));
    } catch (IOException fault) {
      throw notWritable(file, fault);
    }
  }

  private static IOException notWritable(Path file, IOException fault) {
    return new IOException(file + " cannot be written; tail stores its position there.", fault);
  }
}
