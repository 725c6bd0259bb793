package kith.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Pieces of a text that people wrote, as bodies of messages: text without repetitions compresses
/// like messages do.
///
/// @param text ASCII, in one line
record OrdinaryText(String text) {
  /// The documents of this checkout.
  static OrdinaryText ofDocuments() throws IOException {
    var all = new StringBuilder();
    try (var files = Files.list(Workspace.root().resolve("docs"))) {
      for (var file : files.filter(it -> it.toString().endsWith(".md")).sorted().toList())
        all.append(Files.readString(Path.of(file.toString()))).append(' ');
    }
    return of(all.toString());
  }

  static OrdinaryText of(String text) {
    return new OrdinaryText(text.replaceAll("[^\\x21-\\x7e]+", " ").strip());
  }

  /// A piece of this length without a space at its ends. Consecutive pieces do not overlap; when
  /// the text is used up, they begin again at other places.
  String piece(int number, int length) {
    var ends = text.length() - length;
    if (ends < length) throw new IllegalArgumentException("The text is too short.");
    var round = (long) number * length / ends;
    var at = (int) (((long) number * length + round * (length / 3)) % ends);
    var piece = text.substring(at, at + length);
    var first = piece.startsWith(" ") ? "a" + piece.substring(1) : piece;
    return first.endsWith(" ") ? first.substring(0, length - 1) + "." : first;
  }
}
