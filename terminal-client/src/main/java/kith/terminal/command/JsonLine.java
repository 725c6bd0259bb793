package kith.terminal.command;

import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.terminal.plain.Sanitizer;

/// One line of JSON for standard output. It is safe for a terminal, and a JSON reader gets the
/// original text.
final class JsonLine {
  private JsonLine() {}

  static String of(Entry entry) {
    return Sanitizer.json(Json.text(entry));
  }

  static String of(ServerFrame frame) {
    return Sanitizer.json(Json.text(frame));
  }

  static String rest(Record answer) {
    return Sanitizer.json(Json.restText(answer));
  }
}
