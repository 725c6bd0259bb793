package kith.terminal.net;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import kith.protocol.FileNames;

/// Saves a received file under a name chosen by its sender: always as a new file, and always in the
/// chosen directory.
public final class SavedFile {
  private static final int MAX_NAMES = 10_000;

  private SavedFile() {}

  /// Returns the path of the new file.
  ///
  /// @param download writes the content to an empty file
  public static Path in(Path directory, String name, Consumer<Path> download) throws IOException {
    var unfinished = Files.createTempFile(directory, ".kith-", ".part");
    try {
      download.accept(unfinished);
      var path = reserve(directory, safe(name));
      return Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /// Creates an empty file, so that no other program can take the name.
  private static Path reserve(Path directory, String name) throws IOException {
    for (var number = 1; number < MAX_NAMES; number++) {
      try {
        return Files.createFile(directory.resolve(number == 1 ? name : numbered(name, number)));
      } catch (FileAlreadyExistsException taken) {
        // try the next name
      }
    }
    throw new IOException("The directory " + directory + " has too many files of this name.");
  }

  private static String numbered(String name, int number) {
    var dot = name.lastIndexOf('.');
    var mark = " (" + number + ")";
    return dot <= 0
        ? FileNames.of(name, mark)
        : FileNames.of(name.substring(0, dot), mark + name.substring(dot));
  }

  /// A name that cannot leave its directory and is not hidden.
  static String safe(String name) {
    var clean = FileNames.of(name).replace(':', '_');
    return clean.startsWith(".") ? "_" + clean.substring(1) : clean;
  }
}
