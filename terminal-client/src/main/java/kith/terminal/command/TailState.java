package kith.terminal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.terminal.profile.SafeFile;

/// How far a `tail` has printed a room, as a file.
record TailState(String room, long seq) {

  static Optional<TailState> read(Path file) throws IOException {
    try {
      var text = SafeFile.read(file);
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(Json.rest(text.get(), TailState.class));
    } catch (Malformed damaged) {
      throw new IOException(file + " is not a state file of ./kith tail.", damaged);
    }
  }

  void write(Path file) throws IOException {
    SafeFile.write(file, Json.restText(this));
  }
}
