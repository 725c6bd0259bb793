package kith.terminal.plain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kith.protocol.FileNames;
import kith.protocol.frame.Entry;
import org.jspecify.annotations.Nullable;

/// The files of messages that the desktop opens: their names, and the temporary directory in which
/// they are until the client ends.
public final class OpenedFiles implements AutoCloseable {

  /// The types that are opened, and the endings of their names. The desktop chooses the program by
  /// the ending, and a file with another ending may be a program.
  private static final Map<String, List<String>> OPENED =
      Map.ofEntries(
          Map.entry("image/png", List.of(".png")),
          Map.entry("image/jpeg", List.of(".jpg", ".jpeg")),
          Map.entry("image/gif", List.of(".gif")),
          Map.entry("image/webp", List.of(".webp")),
          Map.entry("application/pdf", List.of(".pdf")),
          Map.entry("text/plain", List.of(".txt")),
          Map.entry("audio/mpeg", List.of(".mp3")),
          Map.entry("audio/vorbis", List.of(".ogg")),
          Map.entry("audio/opus", List.of(".opus", ".ogg")),
          Map.entry("video/mp4", List.of(".mp4")),
          Map.entry("video/webm", List.of(".webm")));

  private @Nullable Path directory;

  /// A name with which the desktop opens the file by the type that the server states; empty for a
  /// type that is not opened.
  public static Optional<String> name(Entry.File file) {
    var endings = OPENED.get(file.type());
    if (endings == null) return Optional.empty();
    var name = file.name();
    boolean isUsual = endings.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    // the limit for names must not cut the added ending, because the desktop chooses the program by
    // it
    return Optional.of(isUsual ? name : FileNames.of(name, endings.getFirst()));
  }

  /// The sentence for a type that is not opened.
  public static String notOpened(Entry.File file) {
    return "Files of the type " + Sanitizer.line(file.type()) + " are not opened; save it instead.";
  }

  /// Only the user can read it.
  public synchronized Path directory() throws IOException {
    if (directory == null) directory = Files.createTempDirectory("kith-opened-");
    return directory;
  }

  /// Deletes the files.
  @Override
  public synchronized void close() {
    if (directory == null) return;
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException | UncheckedIOException _) {
      // only the user can read them, in a directory for temporary files
    }
  }
}
