package kith.terminal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import kith.protocol.Program;
import kith.protocol.json.Json;
import kith.protocol.json.Malformed;
import kith.terminal.profile.AtomicFile;

/// A bot's positions in its rooms, stored in a file.
///
/// @param handled the last handled entry of each room, by its id
record BotPositions(Map<String, Long> handled) {
  BotPositions {
    handled = Map.copyOf(handled);
  }

  static BotPositions read(Path file) throws IOException {
    try {
      var text = AtomicFile.read(file);
      return text.isEmpty()
          ? new BotPositions(Map.of())
          : Json.rest(text.get(), BotPositions.class);
    } catch (Malformed damaged) {
      throw new IOException(file + " is not a state file of " + Program.NAME + " bot.", damaged);
    }
  }

  void write(Path file) throws IOException {
    AtomicFile.write(file, Json.restText(this));
  }
}
